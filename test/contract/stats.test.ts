import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/metrics/report.ts';
import { BUNDLE, NODE_22, requireBundle } from '../support/bundle.ts';
import { runCli, startCli } from '../support/cli.ts';
import { callOk, connectHttp } from '../support/clients.ts';
import { startServer } from '../support/server.ts';

let home: string;
let env: { WORKOS_MCP_HOME: string };
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stats-'));
  env = { WORKOS_MCP_HOME: home };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const SANDBOX = ['call', 'list_workos_organizations', '{"limit":1}', '--sandbox'];
const report = async (...args: string[]) =>
  JSON.parse((await runCli(['stats', '--json', ...args], { env })).stdout) as Report;

/** A server with one call by an agent, ended once its tokens are counted. */
async function served(options: { bundle?: string; node?: string } = {}): Promise<void> {
  const server = await startServer({ ...options, args: ['--sandbox'], env });
  await callOk(await connectHttp(server), 'list_workos_organizations', { limit: 1 });
  // What is not counted yet when a server ends is estimated.
  const tokens = async () => (await report()).spans['24h'].tokens.result;
  await expect.poll(tokens, { timeout: 20_000 }).toBeGreaterThan(0);
  await server.stop();
}

describe('stats', () => {
  it('is a table', async () => {
    await runCli(SANDBOX, { env });
    await runCli(['call', 'list_directories', '{"limit":0}', '--sandbox'], { env });
    const { code, stdout, stderr } = await runCli(['stats'], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ +past 24 hours +past 7 days\nRequests +2 +2\nError rate +50\.0 % +50\.0 %\n/u);
    for (const line of [
      /^Live sessions now +0$/mu,
      /^By tool, past 24 hours +calls +errors/mu,
      / \(terminal\) +2 +1 /u,
    ])
      expect(stdout).toMatch(line);
    expect(stdout).toContain(
      'error     1×  The arguments do not fit what the tool takes. (list_directories, (terminal))',
    );
    expect(stdout).toMatch(/Costs are estimates at USD 3 per million/u);
  });

  it('needs neither an account nor a past', async () => {
    const { code, stdout } = await runCli(['stats'], { env });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Requests +0 +0$/mu);
    expect(await report()).toMatchObject({
      live_sessions: 0,
      incidents: [],
      spans: { '24h': { requests: 0 } },
    });
  });

  it('makes no state directory where there is none', async () => {
    const none = join(home, 'none');
    const { code, stdout } = await runCli(['stats'], { env: { WORKOS_MCP_HOME: none } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Requests +0 +0$/mu);
    expect(existsSync(none)).toBe(false);
  });

  it('follows what happens, and ends when it is told to', async () => {
    const text = startCli(['stats', '--follow'], { env });
    const json = startCli(['stats', '--follow', '--json'], { env });
    await Promise.all([
      text.waitFor('stdout', /^Requests +0 +0$/mu),
      json.waitFor('stdout', /"requests":0/u),
    ]);
    await runCli(SANDBOX, { env });
    await Promise.all([
      text.waitFor('stdout', /^Requests +1 +1$/mu),
      json.waitFor('stdout', /"requests":1/u),
    ]);
    const ended = await Promise.all([text.stop('SIGINT'), json.stop()]);
    expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ]);
    // Only a terminal is cleared, and only what changed is told again.
    expect(ended[0].stdout).not.toContain('\u001B');
    const lines = ended[1].stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThan(6);
    const counts = lines.map((line) => (JSON.parse(line) as Report).spans['24h'].requests);
    expect([counts[0], counts.at(-1)]).toEqual([0, 1]);
  });

  it('says why when the directory can not be trusted', async () => {
    chmodSync(home, 0o777);
    const { code, stdout, stderr } = await runCli(['stats'], { env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('Other users can write to the state directory');
  });

  it('takes prices from a file', async () => {
    await served();
    const file = join(home, 'prices.json');
    const clients = { '*': { input: 0, output: 0 }, 'contract-test': { input: 1_000, output: 0 } };
    writeFileSync(file, JSON.stringify({ currency: 'EUR', clients }));
    const { tokens, estimated_cost: cost } = (await report('--prices', file)).spans['24h'];
    expect(tokens.result).toBeGreaterThan(50);
    expect(cost).toMatchObject({ currency: 'EUR', spent: tokens.result / 1_000 });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['no price for the rest', '{"currency":"USD","clients":{}}'],
    ['a negative price', '{"currency":"USD","clients":{"*":{"input":-1,"output":1}}}'],
    ['no currency', '{"clients":{"*":{"input":1,"output":1}}}'],
  ])('refuses a file of prices with %s', async (_what, text) => {
    const file = join(home, 'prices.json');
    writeFileSync(file, text);
    const { code, stdout, stderr } = await runCli(['stats', '--prices', file], { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`${file} holds no prices. It is JSON like {"currency":"USD"`);
  });

  it('refuses a file of prices that is not there', async () => {
    const { code, stderr } = await runCli(['stats', '--prices', join(home, 'missing.json')], { env });
    expect(code).toBe(2);
    expect(stderr).toContain('holds no prices');
  });
});

describe('tokens', () => {
  it.each([
    ['Node 24', process.execPath],
    ['Node 22', NODE_22],
  ])('are counted where the tokenizer lies beside the program, under %s', async (_name, node) => {
    requireBundle();
    await served({ node });
    expect((await report()).spans['24h']).toMatchObject({ requests: 1, tokens: { estimated_calls: 0 } });
  });

  it('are estimated by the program alone, and it says so', async () => {
    const bundle = join(home, 'workos-mcp.js');
    copyFileSync(BUNDLE, bundle);
    await served({ bundle });
    const { tokens } = (await report()).spans['24h'];
    expect(tokens).toMatchObject({ estimated_calls: 1, result: expect.any(Number) });
    expect(tokens.result).toBeGreaterThan(50);
  });
});

it('the kill switch is an incident, of a server that was stopped by it', async () => {
  const server = await startServer({ args: ['--sandbox'], env });
  await runCli(['kill', '--yes'], { env });
  expect(await server.ended).toMatchObject({ code: 4 });
  expect((await report()).incidents).toEqual([
    expect.objectContaining({ kind: 'kill', cause: 'The kill switch stopped everything.', count: 1 }),
  ]);
});
