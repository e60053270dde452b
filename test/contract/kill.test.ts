import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startAccount } from '../support/account.ts';
import { runCli, startCli } from '../support/cli.ts';
import { callOk, callTool, connectHttp } from '../support/clients.ts';
import { freshPath } from '../support/fresh-path.ts';
import { openSession, openStream, rawRequest } from '../support/raw-http.ts';
import { startServer } from '../support/server.ts';

const LIST = 'list_workos_organizations';
const CREATE = 'create_workos_organization';
const LINE = /^workos-mcp: stopped by the kill switch at \S+Z, from workos-mcp kill\. .*resume.*\n$/u;

/** A state directory that this test alone uses. */
function home() {
  const env = { WORKOS_MCP_HOME: freshPath() };
  return { env, run: (...args: string[]) => runCli(args, { env }) };
}

const refused = (port: number) =>
  rawRequest(port, {}).then(
    ({ status }) => `answered ${status}`,
    (error: NodeJS.ErrnoException) => error.code,
  );

describe('kill', () => {
  it('ends every server of this user: calls aborted, streams closed, nobody connects, status 4', async () => {
    const { env, run } = home();
    const account = await startAccount();
    account.faults.set({ kind: 'latency', ms: 60_000, match: ({ path }) => path === '/organizations' });
    const [one, two] = await Promise.all([
      startServer({ env: { ...account.env, ...env } }),
      startServer({ env: { ...account.env, ...env } }),
    ]);
    const client = await connectHttp(one);
    const call = callTool(client, LIST, {});
    const stream = openStream(two, await openSession(two));
    await stream.opened;
    await expect.poll(() => account.requests.count()).toBe(1);
    expect(await run('kill', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Stopped: /u),
    });
    expect(await call).toMatchObject({ ok: false, error: { code: 'STOPPED' } });
    expect(await stream.closed).toBe('closed');
    for (const server of [one, two]) {
      const { code, signal, stderr } = await server.ended;
      expect({ code, signal }).toEqual({ code: 4, signal: null });
      expect(stderr.split('\n').slice(-2).join('\n')).toMatch(LINE);
      expect(await refused(server.port)).toBe('ECONNREFUSED');
    }
  });

  it('ends a stdio server, whose call answers first', async () => {
    const { env, run } = home();
    const account = await startAccount();
    account.faults.set({ kind: 'latency', ms: 60_000 });
    const cli = startCli(['stdio'], { env: { ...account.env, ...env } });
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
    send({ id: 2, method: 'tools/call', params: { name: LIST, arguments: {} } });
    await expect.poll(() => account.requests.count()).toBe(1);
    await run('kill', '--yes');
    const { code, stdout, stderr } = await cli.ended;
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringMatching(LINE) });
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      id: 2,
      result: { isError: true },
    });
    expect(stdout).toContain('STOPPED');
  });

  it('a write under way says that nobody knows what became of it', async () => {
    const { env, run } = home();
    const account = await startAccount();
    const server = await startServer({ env: { ...account.env, ...env } });
    account.faults.set({ kind: 'latency', ms: 60_000, match: ({ method }) => method === 'POST' });
    const client = await connectHttp(server);
    const call = callTool(client, CREATE, { name: 'Slow', domains: ['slow.example.org'] });
    await expect.poll(() => account.requests.count(({ method }) => method === 'POST')).toBe(1);
    await run('kill', '--yes');
    expect(await call).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } });
  });

  it('lasts: nothing starts until resume, what needs no account still works, and twice is once', async () => {
    const { run } = home();
    expect(await run('kill', '--yes')).toMatchObject({ code: 0 });
    expect(await run('kill', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing to do'),
    });
    for (const args of [
      ['serve', '--sandbox'],
      ['stdio', '--sandbox'],
      ['call', LIST, '--sandbox'],
    ]) {
      const { code, stdout, stderr } = await run(...args);
      expect({ code, stdout, stderr }).toEqual({ code: 4, stdout: '', stderr: expect.stringMatching(LINE) });
    }
    for (const args of [['--version'], ['--help'], ['lock', '--check'], ['approve']])
      expect(await run(...args)).toMatchObject({ code: 0 });
    expect(await run('resume')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Running again/u) });
    expect(await run('resume')).toMatchObject({ code: 0, stdout: 'Nothing was stopped.\n' });
    expect(await run('call', LIST, '--sandbox')).toMatchObject({ code: 0 });
  });

  it('says that it revokes connection tokens, and resume that new ones are needed, where there were some', async () => {
    const { run } = home();
    await run('tokens', 'issue', '--name', 'First');
    await run('tokens', 'issue', '--name', 'Second');
    await run('tokens', 'revoke', 'Second');
    const needed = 'issue new ones with "workos-mcp tokens issue"';
    expect((await run('kill', '--yes')).stdout).toContain('Revoked for good: 1 connection token.\n');
    expect((await run('resume')).stdout).toContain(needed);
    // Those of an earlier stop are no news.
    expect((await run('kill', '--yes')).stdout).not.toContain('Revoked');
    expect((await run('resume')).stdout).not.toContain(needed);
  });

  it('the sample API, which holds no account, goes on', async () => {
    const { env, run } = home();
    await run('kill', '--yes');
    const cli = startCli(['sandbox', '--json'], { env });
    await cli.waitFor('stdout', /url/u);
    expect(await cli.stop()).toMatchObject({ code: 0 });
  });

  it('a call at the terminal is aborted, and says so', async () => {
    const { env, run } = home();
    const account = await startAccount();
    account.faults.set({ kind: 'latency', ms: 60_000 });
    const cli = startCli(['call', LIST], { env: { ...account.env, ...env } });
    await expect.poll(() => account.requests.count()).toBe(1);
    await run('kill', '--yes');
    const { code, stdout, stderr } = await cli.ended;
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringMatching(LINE) });
    expect(JSON.parse(stdout)).toMatchObject({ code: 'STOPPED' });
  });

  it('reaches nobody whose state is elsewhere', async () => {
    const [here, elsewhere] = [home(), home()];
    const account = await startAccount();
    const server = await startServer({ env: { ...account.env, ...elsewhere.env } });
    await here.run('kill', '--yes');
    const client = await connectHttp(server);
    expect(await callOk(client, LIST, { limit: 1 })).toHaveProperty('items.length', 1);
  });
});

describe('a state that can not be read', () => {
  it('counts as killed, and says why', async () => {
    const { env, run } = home();
    writeFileSync(env.WORKOS_MCP_HOME, '');
    const { code, stderr } = await run('serve', '--sandbox');
    expect({ code, stderr }).toEqual({
      code: 4,
      stderr: `workos-mcp: counts as stopped: The state directory ${env.WORKOS_MCP_HOME} is not a directory.\n`,
    });
    expect(await run('resume')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not a directory'),
    });
  });
});
