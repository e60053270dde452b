import { describe, expect, it } from 'vitest';
import { startAccount } from '../support/account.ts';
import { runCli, startCli } from '../support/cli.ts';
import { callError, callOk, connectStdio } from '../support/clients.ts';

const message = (id: number, method: string, params: unknown = {}) =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
const initialize = message(0, 'initialize', {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'raw', version: '1' },
});
const list = (id: number) =>
  message(id, 'tools/call', { name: 'list_workos_organizations', arguments: { limit: 1 } });

describe('stdio', () => {
  it('serves the SDK’s client', async () => {
    const client = await connectStdio();
    expect(client.getServerVersion()).toMatchObject({ name: 'workos-mcp', title: 'WorkOS' });
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('list_workos_organizations');
    expect(await callOk(client, 'list_workos_organizations', {})).toMatchObject({ complete: true, total: 5 });
  });

  it('writes nothing but the protocol to stdout, warnings to stderr', async () => {
    const { code, stdout, stderr } = await runCli(['stdio'], {
      input: initialize + list(1) + 'no json\n' + list(2),
    });
    expect(code).toBe(0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { jsonrpc: string; id: number });
    expect(lines.map(({ jsonrpc, id }) => [jsonrpc, id])).toEqual([
      ['2.0', 0],
      ['2.0', 1],
      ['2.0', 2],
    ]);
    expect(stderr).toContain('WORKOS_API_KEY is not set');
  });

  it('answers what it was asked before the end of input', async () => {
    const { stdout } = await runCli(['stdio', '--sandbox'], { input: initialize + list(1) });
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(stdout).toContain('"complete":false');
  });

  it('ends at the end of input even if a call hangs, and drops its request', async () => {
    const account = await startAccount();
    account.faults.set({ kind: 'latency', ms: 20_000 });
    const cli = startCli(['stdio'], { env: account.env });
    cli.process.stdin.write(initialize + list(1));
    await expect.poll(() => account.requests.count(), { timeout: 10_000 }).toBeGreaterThan(0);
    const started = performance.now();
    cli.process.stdin.end();
    expect(await cli.ended).toMatchObject({ code: 0 });
    // The promise is one second; the rest is for a machine that does other work.
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('ends when nobody reads its output', async () => {
    const cli = startCli(['stdio', '--sandbox']);
    cli.process.stdin.write(initialize);
    await cli.waitFor('stdout', /\n/);
    cli.process.stdout.destroy();
    cli.process.stdin.write(list(1));
    expect(await cli.ended).toMatchObject({ code: 0, signal: null });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends on %s', async (signal) => {
    const cli = startCli(['stdio', '--sandbox']);
    cli.process.stdin.write(initialize);
    await cli.waitFor('stdout', /\n/);
    expect(await cli.stop(signal)).toMatchObject({ code: 0, signal: null });
  });

  it('without a key starts, and every call says what is missing', async () => {
    const client = await connectStdio({ env: {} });
    expect(await callError(client, 'list_workos_organizations', {})).toMatchObject({
      code: 'NO_API_KEY',
      hint: expect.any(String),
    });
  });
});
