import { describe, expect, it } from 'vitest';
import { callOk, connectHttp } from '../support/clients.ts';
import { runCli, startCli } from '../support/cli.ts';
import { startServer } from '../support/server.ts';

describe('serve --json', () => {
  it('prints where it is as its first and only line, and calls on stderr', async () => {
    const server = await startServer();
    const client = await connectHttp(server, { name: 'tester' });
    await callOk(client, 'list_workos_organizations', { limit: 1 });
    await client.callTool({ name: 'list_workos_organizations', arguments: { limit: 0 } });
    await server.waitFor('stderr', /INVALID_INPUT/);
    expect(await server.stop()).toMatchObject({
      code: 0,
      stdout: `${JSON.stringify({ url: server.url, token: server.token })}\n`,
      stderr: expect.stringMatching(
        /^\d\d:\d\d:\d\d {2}list_workos_organizations {4}tester 1\.0 +\d+ +\d+ {2}ok\n\d\d:\d\d:\d\d {2}.* INVALID_INPUT\n$/,
      ),
    });
  });
});

describe('serve', () => {
  it('prints configuration to paste that works, and a line per call', async () => {
    const cli = startCli(['serve', '--sandbox']);
    const text = await cli.waitFor('stdout', /time +tool +caller/);
    const [code, general] = text.match(/^ {2}\{[^]*?^ {2}\}$/gm)?.map((json) => JSON.parse(json)) ?? [];
    expect(Object.keys(code)).toEqual(['servers']);
    expect(Object.keys(general)).toEqual(['mcpServers']);
    expect(code.servers.workos).toEqual(general.mcpServers.workos);
    const { type, url, headers } = code.servers.workos;
    expect(type).toBe('http');
    expect(text).toContain(`Endpoint  ${url}`);
    expect(text).toMatch(/^ {2}State {5}\//mu);
    const client = await connectHttp({ url, token: headers.Authorization.replace('Bearer ', '') });
    await callOk(client, 'list_workos_organizations', { limit: 1 });
    await cli.waitFor('stdout', /list_workos_organizations .* ok\n/);
    expect(await cli.stop('SIGINT')).toMatchObject({ code: 0, stderr: '' });
  });

  it('takes a port and a token, and says when the port is busy', async () => {
    const token = 'a-token-that-is-long-enough-to-be-used-here';
    const first = await startServer({ env: { WORKOS_MCP_TOKEN: token } });
    expect(first.token).toBe(token);
    const { code, stdout, stderr } = await runCli([
      'serve',
      '--sandbox',
      '--json',
      '--port',
      String(first.port),
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`Can't listen on 127.0.0.1:${first.port}: the port is in use.`);
    await first.stop();
    const second = await startServer({ args: ['--port', String(first.port)] });
    expect(second.port).toBe(first.port);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends on %s, with a client connected and a stream open',
    async (signal) => {
      const server = await startServer();
      const client = await connectHttp(server);
      await callOk(client, 'list_workos_organizations', { limit: 1 });
      expect(await server.stop(signal)).toMatchObject({ code: 0, signal: null });
    },
  );

  it('goes on when nobody reads its output', async () => {
    const server = await startServer();
    server.process.stdout.destroy();
    server.process.stderr.destroy();
    const client = await connectHttp(server);
    await callOk(client, 'list_workos_organizations', { limit: 1 });
    expect(await callOk(client, 'list_workos_organizations', { limit: 2 })).toHaveProperty('items.length', 2);
  });
});
