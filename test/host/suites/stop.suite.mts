// The kill switch and a pinned lockfile: in two windows and a command line of one person.
import assert from 'node:assert/strict';
import { startHostAccount } from '../harness/account.mts';
import { runCli } from '../harness/cli.mts';
import { callTool, connectCopied } from '../harness/mcp-client.mts';
import { startSession } from '../harness/session.mts';
import type { Suite } from '../harness/suite.mts';
import { until } from '../harness/tests.mts';
import type { HostScope, Workbench } from '../harness/workbench.mts';
import { type Bench, LIST, refusesConnections, VIEWS } from './stop/bench.mts';
import { holdsToALockfile } from './stop/lockfile.mts';
import { quarantines } from './stop/quarantine.mts';

const LIMIT = { timeoutMs: 60_000 };

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
    await quarantines(bench);
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
      await runCli(session.server, 'kill', '--yes');
      for (const window of windows) await showsStopped(window);
      await refusesConnections(client.url);
      await runCli(session.server, 'resume');
      for (const window of windows) await window.row('Organizations', 'Acme Corp').waitFor();
      await using next = await connectCopied(two);
      assert.ok(client.authorization);
      assert.notEqual(next.authorization, client.authorization);
      await one.statusBarItem('Sample account').waitFor();
    },
    LIMIT,
  );
}
