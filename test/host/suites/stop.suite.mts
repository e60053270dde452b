// The kill switch and a pinned lockfile: in two windows and a command line of one person.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type HostAccount, startHostAccount } from '../harness/account.mts';
import { runCli } from '../harness/cli.mts';
import { callTool, connectCopied } from '../harness/mcp-client.mts';
import { type Session, startSession } from '../harness/session.mts';
import type { Suite, SuiteContext } from '../harness/suite.mts';
import { until } from '../harness/tests.mts';
import type { HostScope, Workbench } from '../harness/workbench.mts';

const LIST = 'list_workos_organizations';
const LOCK = resolve(import.meta.dirname, '../../../workos-mcp.lock');
const VIEWS = ['Organizations', 'SSO Connections', 'Directories'] as const;
const LIMIT = { timeoutMs: 60_000 };

interface Bench {
  readonly test: SuiteContext['test'];
  readonly session: Session;
  readonly account: HostAccount;
  readonly windows: readonly [Workbench, Workbench];
}

export const suite: Suite = {
  timeoutMs: 300_000,
  run: async (context) => {
    await using account = await startHostAccount();
    await using session = await startSession(context, {
      vsix: [await context.product()],
      env: account.env,
    });
    const { workbench } = session;
    const second = await session.openWindow();
    for (const window of [workbench, second]) {
      await window.openViews('WorkOS');
      await window.row('Organizations', 'Acme Corp').waitFor();
    }
    const bench: Bench = { test: context.test, session, account, windows: [workbench, second] };
    await stopsFromThePalette(bench);
    await staysStopped(bench);
    await resumes(bench);
    await followsTheCommandLine(bench);
    await holdsToALockfile(bench);
  },
};

const tools = ({ vscode }: HostScope) =>
  vscode.lm.tools.filter(({ name }) => name.startsWith('mcp_workos_')).length;

/** As before a chat message, when VS Code starts servers that are new or have changed. */
async function offered(workbench: Workbench, count: number): Promise<void> {
  await until(`${count} tools`, async () => {
    await workbench.execute('workbench.mcp.startServer', '*', { waitForLiveTools: true });
    return (await workbench.host(tools)) === count;
  });
}

async function refusesConnections(url: string): Promise<void> {
  await until(`${url} to refuse`, async () => {
    const error = await fetch(url, { method: 'POST' }).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    return (error?.cause as { code?: string } | undefined)?.code === 'ECONNREFUSED';
  });
}

async function showsStopped(workbench: Workbench): Promise<void> {
  const item = workbench.statusBarItem('WorkOS: Stopped');
  await item.waitFor();
  assert.match((await item.getAttribute('class')) ?? '', /error-kind/u);
  for (const view of VIEWS) {
    await workbench.view(view).getByText('Stopped: the kill switch is on').waitFor();
    assert.equal(await workbench.view(view).getByRole('treeitem').count(), 0);
  }
}

async function stopsFromThePalette({ test, account, windows }: Bench): Promise<void> {
  const [one, two] = windows;
  await test(
    'one action stops every window: calls, endpoints, Copilot’s tools and views',
    async () => {
      for (const window of windows) await offered(window, 10);
      await using here = await connectCopied(one);
      await using there = await connectCopied(two);
      account.sandbox.faults.set({ kind: 'latency', ms: 20_000 });
      const underWay = callTool(there, LIST, {}).catch(String);
      await until('the call to be under way', () => account.sandbox.requests.entries.length > 0);
      await one.runCommand('WorkOS: Stop Everything (Kill Switch)');
      assert.match(await underWay, /STOPPED/u);
      account.sandbox.faults.clear();
      assert.equal(await one.dialog.count(), 0);
      await one.notification('WorkOS is stopped').waitFor();
      for (const { url } of [here, there]) await refusesConnections(url);
      for (const window of windows) {
        await showsStopped(window);
        await until('no tools', async () => (await window.host(tools)) === 0);
      }
      await one.screenshot('stopped');
      await one.clearNotifications();
    },
    LIMIT,
  );
  await test('a command says why it does nothing, and offers to resume', async () => {
    const before = account.sandbox.requests.count();
    for (const command of ['Copy MCP Endpoint', 'Find Person']) {
      await one.runCommand(`WorkOS: ${command}`);
      await one.notification('WorkOS is stopped').waitFor();
      await one.clearNotifications();
    }
    assert.equal(account.sandbox.requests.count(), before);
  });
}

async function staysStopped({ test, windows: [, two] }: Bench): Promise<void> {
  await test('a window that is loaded anew stays stopped', async () => {
    await two.open();
    await two.openViews('WorkOS');
    await showsStopped(two);
    await two.execute('workbench.mcp.startServer', '*', { waitForLiveTools: true });
    assert.equal(await two.host(tools), 0);
  });
}

async function resumes({ test, windows }: Bench): Promise<void> {
  const [one] = windows;
  await test(
    'Resume brings everything back, under new addresses and tokens',
    async () => {
      await one.statusBarItem('WorkOS: Stopped').click();
      await one.notification('WorkOS runs again').waitFor();
      await one.clearNotifications();
      const endpoints = new Set<string>();
      for (const window of windows) {
        await window.row('Organizations', 'Acme Corp').waitFor();
        await window.statusBarItem('Sample account').waitFor();
        await offered(window, 10);
        await using client = await connectCopied(window);
        endpoints.add(client.url);
        assert.match(await callTool(client, LIST, {}), /Acme Corp/u);
      }
      assert.equal(endpoints.size, windows.length);
    },
    LIMIT,
  );
}

async function followsTheCommandLine({ test, session, windows }: Bench): Promise<void> {
  const [one, two] = windows;
  await test(
    'a stop from a terminal reaches every window, and so does resuming there',
    async () => {
      await using client = await connectCopied(two);
      const token = await endpoint(two);
      await runCli(session.server, 'kill', '--yes');
      for (const window of windows) await showsStopped(window);
      await refusesConnections(client.url);
      await runCli(session.server, 'resume');
      for (const window of windows) await window.row('Organizations', 'Acme Corp').waitFor();
      assert.notEqual(await endpoint(two), token);
      await one.statusBarItem('Sample account').waitFor();
    },
    LIMIT,
  );
}

/** Address and token of a window's endpoint. */
async function endpoint(workbench: Workbench): Promise<string> {
  await using _client = await connectCopied(workbench);
  return workbench.host(({ vscode }) => vscode.env.clipboard.readText());
}

async function holdsToALockfile({ test, session, windows: [one] }: Bench): Promise<void> {
  const file = join(session.server.root, 'pinned.lock');
  const text = readFileSync(LOCK, 'utf8');
  const pin = (path: string) =>
    one.host(
      ({ vscode }, value) =>
        vscode.workspace
          .getConfiguration('workos')
          .update('lockFile', value, vscode.ConfigurationTarget.Global),
      path,
    );
  await test('what differs from the person’s own lockfile is not served, and says what changed', async () => {
    await using client = await connectCopied(one);
    writeFileSync(file, text);
    await pin(file);
    assert.match(await callTool(client, LIST, {}), /Acme Corp/u);
    const lock = JSON.parse(text) as { tools: Record<string, Record<string, string>> };
    const tool = lock.tools[LIST]!;
    tool['description'] = `sha256:${'0'.repeat(64)}`;
    writeFileSync(file, JSON.stringify(lock));
    assert.match(await callTool(client, LIST, {}).catch(String), /LOCK_MISMATCH/u);
    await one.notification(`${LIST}: description changed`).waitFor();
    for (const view of VIEWS) await one.view(view).getByText('Nothing is served').waitFor();
    await one.statusBarItem('WorkOS: Locked').waitFor();
    await refusesConnections(client.url);
    await one.screenshot('locked');
  });
  await test('a lockfile that can’t be read counts as one that differs, and an empty setting as none', async () => {
    await one.clearNotifications();
    await pin(join(session.server.root, 'missing.lock'));
    await one.notification('does not exist').waitFor();
    await one.clearNotifications();
    await pin('relative.lock');
    await one.notification('needs an absolute path').waitFor();
    await one.clearNotifications();
    await pin('');
    await one.row('Organizations', 'Acme Corp').waitFor();
    await using client = await connectCopied(one);
    assert.match(await callTool(client, LIST, {}), /Acme Corp/u);
  });
}
