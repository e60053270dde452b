import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startAccount, type TestAccount } from '../support/account.ts';
import { BUNDLE, NODE_22 } from '../support/bundle.ts';
import { type CliOptions, startCli } from '../support/cli.ts';
import { callOk, connectHttp } from '../support/clients.ts';
import { childrenOf, runs } from '../support/processes.ts';
import { startServer } from '../support/server.ts';

/** A server whose isolate is warm, and the isolate's id. */
async function warmServer(account: TestAccount, options: CliOptions = {}) {
  const server = await startServer({ env: account.env, ...options });
  const client = await connectHttp(server);
  await callOk(client, 'list_workos_organizations', { limit: 1 });
  const [pid = 0, ...more] = childrenOf(server.process.pid);
  expect(more).toEqual([]);
  return { server, client, pid };
}

const read = (pid: number, what: string) =>
  readFileSync(`/proc/${pid}/${what}`, 'utf8').split('\0').filter(Boolean);

describe('the isolate of a server', () => {
  it('knows neither the key nor anything else of the environment', async () => {
    const account = await startAccount();
    const { pid } = await warmServer(account);
    expect(read(pid, 'environ')).toEqual([]);
    const [node, ...rest] = read(pid, 'cmdline');
    expect(node).toBe(process.execPath);
    expect(rest.slice(-2)).toEqual([BUNDLE, '__isolate']);
    expect(rest.join(' ')).toContain(`--permission --allow-fs-read=${BUNDLE}`);
    expect(rest.join(' ')).not.toContain(account.apiKey);
  });

  it('is told to be Node where the runtime is an editor’s', async () => {
    const disguise = "Object.defineProperty(process.versions,'electron',{value:'37.0.0'})";
    const nodeFlags = ['--import', `data:text/javascript,${encodeURIComponent(disguise)}`];
    const { pid } = await warmServer(await startAccount(), { nodeFlags });
    expect(read(pid, 'environ')).toEqual(['ELECTRON_RUN_AS_NODE=1']);
  });

  it('may die: the read that runs in it is answered all the same', async () => {
    const account = await startAccount();
    const { client, pid } = await warmServer(account);
    account.faults.set({ kind: 'latency', ms: 400, times: 1 });
    const before = account.requests.count();
    const running = callOk(client, 'list_workos_organizations', { limit: 2 });
    await expect.poll(() => account.requests.count(), { timeout: 10_000 }).toBeGreaterThan(before);
    process.kill(pid, 'SIGKILL');
    expect((await running).items).toHaveLength(2);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('ends when the server ends by %s', async (signal) => {
    const { server, pid } = await warmServer(await startAccount());
    await server.stop(signal);
    await expect.poll(() => runs(pid), { timeout: 10_000 }).toBe(false);
  });
});

describe('what serve says of it', () => {
  it.each([
    ['this Node', process.execPath],
    ['Node 22', NODE_22],
  ])('under %s', async (_name, node) => {
    const cli = startCli(['serve', '--sandbox'], { node });
    const text = await cli.waitFor('stdout', /Calls, as they finish/u);
    expect(text).toContain('  Isolate   separate process, 64 MB heap, permission model on\n');
  });
});
