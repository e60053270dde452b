import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepDecoys } from '../../src/access/decoys.ts';
import { openStateDir } from '../../src/access/state-dir.ts';
import { runCli, startCli } from '../support/cli.ts';
import { freshPath } from '../support/fresh-path.ts';

const LIST = 'list_workos_organizations';
const quarantined = (where: string) =>
  new RegExp(`^workos-mcp: quarantined at \\S+Z\\. The decoy API key was seen in ${where}: `, 'mu');
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};

/** A state directory that this test alone uses. */
function home() {
  const path = freshPath();
  return {
    path,
    env: { WORKOS_MCP_HOME: path },
    /** The decoy key, put in place by the test. */
    key: () => keepDecoys(openStateDir(path)).key.text,
  };
}

describe('a decoy in what a client writes over stdio stops the server', () => {
  it.each<[string, (key: string) => string, string]>([
    ['that is no message', (key) => JSON.stringify({ id: 2, x: key }), 'what is no message, from raw'],
    ['that is no JSON', (key) => `{"id":2,"x":"${key}`, 'what is no message, from raw'],
    [
      'that calls no tool',
      (key) =>
        JSON.stringify({
          jsonrpc: '2.0',
          id: 2,
          method: 'tools/call',
          params: { name: 'none', arguments: { key } },
        }),
      'a message of a client \\(tools/call\\), from raw',
    ],
  ])('%s', async (_what, write, where) => {
    const { env, key } = home();
    const cli = startCli(['stdio', '--sandbox'], { env });
    cli.process.stdin.write(`${JSON.stringify(INITIALIZE)}\n`);
    await cli.waitFor('stdout', /"id":1/u);
    cli.process.stdin.write(`${write(key())}\n`);
    const { code, stderr } = await cli.ended;
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringMatching(quarantined(where)) });
  });
});

describe('a decoy in what is typed stops everything, though it is no call', () => {
  it.each<[string, (key: string) => string[], string]>([
    ['of a tool', (key) => ['nope', JSON.stringify({ search: key })], 'arguments of a tool that is unknown'],
    ['with arguments', (key) => [LIST, `["${key}"]`], `arguments of ${LIST}`],
    ['in JSON', (key) => [LIST, `{"search":"${key}`], `arguments of ${LIST}`],
  ])('%s', async (_what, type, where) => {
    const { env, key } = home();
    const secret = key();
    const { code, stdout, stderr } = await runCli(['call', ...type(secret)], { env });
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(quarantined(`${where}, from \\(terminal\\)`));
    expect(stderr).not.toContain(secret);
    const { incidents } = JSON.parse((await runCli(['stats', '--json'], { env })).stdout) as object & {
      incidents: object[];
    };
    expect(incidents).toContainEqual(expect.objectContaining({ kind: 'honeypot' }));
    const trail = await runCli(['audit', 'export', '--format', 'jsonl'], { env });
    expect(trail.stdout).toContain('"honeypot.sighted"');
    expect(await runCli(['call', LIST, '--sandbox'], { env })).toMatchObject({ code: 4 });
  });

  it('but a mistake alone stops nothing', async () => {
    const { env } = home();
    expect(await runCli(['call', 'nope'], { env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Unknown tool nope.'),
    });
    expect(await runCli(['call', LIST, '--sandbox'], { env })).toMatchObject({ code: 0 });
  });
});

it.each([
  ['serve', ['serve', '--json']],
  ['stdio', ['stdio']],
])('%s puts the decoy token in place before anything is asked', async (_how, args) => {
  const { path, env } = home();
  const cli = startCli([...args, '--sandbox'], { env });
  await expect.poll(() => existsSync(join(path, 'mcp-client.json')), { timeout: 10_000 }).toBe(true);
  await cli.stop();
});
