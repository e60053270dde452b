import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepDecoys } from '../../src/access/decoys.ts';
import { openStateDir } from '../../src/access/state-dir.ts';
import { runCli, startCli } from '../support/cli.ts';
import { callOk, callTool, connectHttp } from '../support/clients.ts';
import { freshPath } from '../support/fresh-path.ts';
import { goodHeaders, openSession, openStream, rawRequest } from '../support/raw-http.ts';
import { startServer, type TestServer } from '../support/server.ts';

const LIST = 'list_workos_organizations';
const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
const quarantined = (where: string) =>
  new RegExp(`^workos-mcp: quarantined at \\S+Z\\. The decoy .* was seen in ${where}: .*resume.*\\n$`, 'mu');

/** A state directory that this test alone uses. */
function home() {
  const path = freshPath();
  const env = { WORKOS_MCP_HOME: path };
  return {
    path,
    env,
    run: (...args: string[]) => runCli(args, { env }),
    decoys: () => keepDecoys(openStateDir(path)),
    serve: (...args: string[]) => startServer({ env, args: ['--sandbox', ...args] }),
  };
}

const knock = (server: TestServer, token: string, path = '/mcp') =>
  rawRequest(server.port, {
    path,
    headers: { ...goodHeaders(server), authorization: `Bearer ${token}` },
    body: PING,
  });

describe('the decoy token', () => {
  it('shown to one server ends all of them, and nothing starts until a person says yes', async () => {
    const { serve, run, decoys } = home();
    const [one, two] = await Promise.all([serve(), serve()]);
    const stream = openStream(two, await openSession(two));
    await stream.opened;
    const { text } = decoys().token;
    expect(await knock(one, text)).toMatchObject({ status: 401 });
    expect(await stream.closed).toBe('closed');
    for (const server of [one, two]) {
      const { code, stderr } = await server.ended;
      expect({ code, stderr }).toEqual({
        code: 4,
        stderr: expect.stringMatching(quarantined('the headers of an HTTP request')),
      });
      expect(stderr).not.toContain(text);
    }
    expect(await run('call', LIST, '--sandbox')).toMatchObject({ code: 4, stdout: '' });
    const refused = await run('resume');
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^Quarantined\. The decoy connection token/u),
    });
    expect(await run('call', LIST, '--sandbox')).toMatchObject({ code: 4 });
    expect(await run('resume', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Running again/u),
      stderr: refused.stderr.slice(0, refused.stderr.indexOf('workos-mcp: ')),
    });
    expect(decoys().token.text).not.toBe(text);
    // What was a decoy is a wrong token now.
    const server = await serve();
    expect(await knock(server, text)).toMatchObject({ status: 401 });
    await callOk(await connectHttp(server), LIST, {});
  });

  it('in the path stops everything, too', async () => {
    const { serve, decoys } = home();
    const server = await serve('--token-in-path');
    expect(await knock(server, 'x', `/${decoys().token.text}/mcp`)).toMatchObject({ status: 401 });
    const { code, stderr } = await server.ended;
    expect({ code, stderr }).toEqual({
      code: 4,
      stderr: expect.stringMatching(quarantined('the address of an HTTP request')),
    });
  });

  it('is an incident, and in the audit trail', async () => {
    const { serve, run, decoys, path } = home();
    const server = await serve();
    const client = await connectHttp(server);
    const { text } = decoys().token;
    expect(await callTool(client, LIST, { search: text })).toMatchObject({
      ok: false,
      error: { code: 'STOPPED' },
    });
    await server.ended;
    const { incidents } = JSON.parse((await run('stats', '--json')).stdout) as { incidents: object[] };
    const where = `arguments of ${LIST}`;
    expect(incidents).toContainEqual(
      expect.objectContaining({ kind: 'honeypot', cause: expect.stringContaining(`was seen in ${where}`) }),
    );
    const tail = await run('audit', 'export', '--format', 'jsonl');
    expect(tail.stdout).toContain('"honeypot.sighted"');
    expect(tail.stdout).toContain(where);
    expect(await run('audit', 'verify')).toMatchObject({ code: 0 });
    const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const holding = files.filter(({ parentPath, name }) =>
      readFileSync(join(parentPath, name), 'utf8').includes(text),
    );
    expect(holding.map(({ name }) => name)).toEqual(['mcp-client.json']);
  });
});

describe('the decoy key', () => {
  it('in arguments over stdio stops the server, whose call answers first', async () => {
    const { env, decoys } = home();
    const cli = startCli(['stdio', '--sandbox'], { env });
    const send = (message: object) =>
      cli.process.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const clientInfo = { name: 'raw', version: '1' };
    send({
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo },
    });
    await cli.waitFor('stdout', /"id":1/u);
    send({ method: 'notifications/initialized' });
    send({ id: 2, method: 'tools/call', params: { name: LIST, arguments: { search: decoys().key.text } } });
    const { code, stdout, stderr } = await cli.ended;
    expect({ code, stderr }).toEqual({
      code: 4,
      stderr: expect.stringMatching(quarantined(`arguments of ${LIST}, from raw`)),
    });
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      id: 2,
      result: { isError: true },
    });
    expect(stdout).toContain('STOPPED');
  });

  it('in a prompt over stdio stops the server', async () => {
    const { env, decoys } = home();
    const cli = startCli(['stdio', '--sandbox'], { env });
    const params = {
      name: 'client_onboarding',
      arguments: { name: decoys().key.text, domains: 'a.example' },
    };
    cli.process.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'prompts/get', params })}\n`);
    const { code, stdout } = await cli.ended;
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ id: 1, error: { data: { code: 'STOPPED' } } });
  });

  it.each<[string, (key: string) => { args: string[]; env?: Record<string, string> }, string]>([
    [
      'typed by a person',
      (key) => ({ args: ['call', LIST, JSON.stringify({ search: key }), '--sandbox'] }),
      `arguments of ${LIST}, from \\(terminal\\)`,
    ],
    [
      'set as the key',
      (key) => ({ args: ['call', LIST], env: { WORKOS_API_KEY: key } }),
      'the API key that is set',
    ],
  ])('%s stops everything', async (_how, make, where) => {
    const { env, decoys } = home();
    const { args, env: more } = make(decoys().key.text);
    const { code, stdout, stderr } = await runCli(args, { env: { ...env, ...more } });
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringMatching(quarantined(where)) });
    expect(JSON.parse(stdout)).toMatchObject({ code: 'STOPPED' });
  });
});

it('what people do raises no alarm, and nothing that is printed has a decoy', async () => {
  const { serve, run, decoys, path } = home();
  const welcome = startCli(['serve', '--sandbox'], { env: { WORKOS_MCP_HOME: path } });
  await welcome.waitFor('stdout', /Calls, as they finish/u);
  const server = await serve('--metrics');
  await callOk(await connectHttp(server), LIST, {});
  expect(readFileSync(join(path, 'mcp-client.json'), 'utf8')).toContain(decoys().token.text);
  const printed = [welcome.stdout(), welcome.stderr()];
  for (const args of [
    ['tokens', 'issue', '--name', 'Editor'],
    ['tokens', 'list'],
    ['tokens', 'revoke', 'Editor'],
    ['audit', 'verify'],
    ['audit', 'export'],
    ['stats', '--json'],
    ['approve'],
    ['lock', '--check'],
    ['call', LIST, '--sandbox'],
  ]) {
    const { code, stdout, stderr } = await run(...args);
    expect({ args, code }).toEqual({ args, code: 0 });
    printed.push(stdout, stderr);
  }
  for (const { core } of Object.values(decoys())) expect(printed.join('\n')).not.toContain(core);
  expect(await run('resume')).toMatchObject({ stdout: 'Nothing was stopped.\n' });
});
