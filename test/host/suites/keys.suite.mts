// A window without a key, then one whose network is down, then two that share a production environment.
import assert from 'node:assert/strict';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.ts';
import { callTool, connectCopied } from '../harness/mcp-client.mts';
import { type Session, startSession } from '../harness/session.mts';
import type { Suite, SuiteContext } from '../harness/suite.mts';
import { until } from '../harness/tests.mts';
import { type HostScope, type Workbench } from '../harness/workbench.mts';

const KEY = 'sk_live_keysuite0123456789abcdefg';
const NEXT_KEY = 'sk_live_rotated0123456789abcdefgh';
const LIST = 'list_workos_organizations';

interface Bench {
  readonly test: SuiteContext['test'];
  readonly session: Session;
  readonly workbench: Workbench;
  readonly sandbox: Sandbox;
}

export const suite: Suite = {
  timeoutMs: 240_000,
  run: async (context) => {
    await using stack = new AsyncDisposableStack();
    const sandbox = await startSandbox({ apiKey: KEY });
    stack.defer(() => sandbox.close());
    await using session = await startSession(context, { vsix: [await context.product()] });
    const { workbench } = session;
    const bench: Bench = { test: context.test, session, workbench, sandbox };
    await begins(bench);
    await asksOnce(bench);
    await addsOffline(bench);
    await allowsWrites(bench);
    await keepsInStep(bench);
  },
};

async function begins({ test, session, workbench }: Bench): Promise<void> {
  await test('a link wakes the extension before any view is open', async () => {
    const active = ({ vscode }: HostScope) =>
      vscode.extensions.getExtension('workos-mcp.workos-mcp')!.isActive;
    assert.equal(await workbench.host(active), false);
    const address = await workbench.host(async ({ vscode }) => {
      const link = vscode.Uri.parse(`${vscode.env.uriScheme}://workos-mcp.workos-mcp/organization/org_01ABC`);
      return (await vscode.env.asExternalUri(link)).toString(true);
    });
    const tab = await session.browser.newPage();
    await tab.goto(address);
    await workbench.notification('this window has none yet').waitFor();
    await tab.close();
    assert.equal(await workbench.host(active), true);
    await workbench.clearNotifications();
  });
}

async function asksOnce({ test, workbench }: Bench): Promise<void> {
  await test('agents’ calls without a key fail as results, and the person is asked once, without a dialog', async () => {
    await using client = await connectCopied(workbench);
    for (const time of [1, 2]) {
      const { isError, content } = await client.callTool({ name: LIST, arguments: {} });
      assert.equal(isError, true, `call ${time}`);
      assert.match(JSON.stringify(content), /NO_API_KEY/u);
    }
    const asked = workbench.notification('WorkOS needs an environment');
    await asked.waitFor();
    // The third call has been answered: had the second asked again, it would be on the screen by now.
    await client.callTool({ name: LIST, arguments: {} });
    assert.equal(await asked.count(), 1);
    assert.equal(await workbench.dialog.count(), 0);
    await workbench.screenshot('asked');
    await workbench.clearNotifications();
    await client.callTool({ name: LIST, arguments: {} });
    assert.equal(await asked.count(), 0);
  });
}

async function addsOffline({ test, workbench, sandbox }: Bench): Promise<void> {
  const body = async () => {
    sandbox.faults.set({ kind: 'reset' });
    const configure = ({ vscode }: HostScope, url: string) =>
      vscode.workspace.getConfiguration('workos').update('baseUrl', url, vscode.ConfigurationTarget.Global);
    await workbench.host(configure, sandbox.url);
    await workbench.runCommand('WorkOS: Add Environment');
    await workbench.quickInput.locator('.quick-input-box input').fill(KEY);
    await workbench.page.keyboard.press('Enter');
    await workbench.dialog.filter({ hasText: 'can’t be reached' }).waitFor({ timeout: 30_000 });
    await workbench.screenshot('save-anyway');
    await workbench.press(workbench.dialog, 'Save Anyway');
    await workbench.quickInput.getByText('Name of the environment').waitFor();
    sandbox.faults.clear();
    await workbench.enter('Live');
    await workbench.notification('Added Live').waitFor();
    await workbench.clearNotifications();
    await workbench.openViews('WorkOS');
    await workbench.row('Organizations', 'Acme Corp').waitFor();
  };
  await test('a key is kept untried only when the person says so', body, { timeoutMs: 60_000 });
}

async function allowsWrites({ test, workbench }: Bench): Promise<void> {
  const tools = ({ vscode }: HostScope) =>
    vscode.lm.tools.filter(({ name }) => name.startsWith('mcp_workos_')).length;
  /** As before a chat message, when VS Code starts servers that are new or have changed. */
  const offered = (count: number) =>
    until(`${count} tools`, async () => {
      const start = ['workbench.mcp.startServer', '*', { waitForLiveTools: true }] as const;
      await workbench.execute(...start);
      return (await workbench.host(tools)) === count;
    });
  await test('Copilot is offered the tool that writes while the person allows it, and no longer', async () => {
    await offered(9);
    await workbench.runCommand('WorkOS: Allow Writes');
    await workbench.dialog.filter({ hasText: 'read-only' }).waitFor();
    assert.equal(await workbench.host(tools), 9);
    await workbench.press(workbench.dialog, 'Allow Writes');
    await workbench.notification('are allowed for 15 minutes').waitFor();
    await offered(10);
    await workbench.runCommand('WorkOS: Stop Allowing Writes');
    await workbench.notification('is read-only').waitFor();
    await offered(9);
    await workbench.clearNotifications();
  });
}

async function keepsInStep({ test, session, workbench, sandbox }: Bench): Promise<void> {
  const second = await session.openWindow();
  await test('an environment that is removed in one window is gone in the other, until Undo', async () => {
    await using agent = await connectCopied(second);
    const answer = () => callTool(agent, LIST, {});
    assert.match(await answer(), /Acme Corp/u);
    await workbench.runCommand('WorkOS: Remove Environment');
    await workbench.pick('Live');
    await workbench.press(workbench.dialog, 'Remove');
    const removed = workbench.notification('Removed the environment Live');
    await removed.waitFor();
    await until('the other window to know', async () => (await answer()).includes('NO_API_KEY'));
    await workbench.press(removed, 'Undo');
    await workbench.row('Organizations', 'Acme Corp').waitFor();
    await until('the other window to have it again', async () => (await answer()).includes('Acme Corp'));
  });
  await test('a key that is replaced in one window reaches the other', async () => {
    sandbox.rotateKey(NEXT_KEY);
    await workbench.runCommand('WorkOS: Set API Key');
    await workbench.enter(NEXT_KEY);
    await workbench.notification('is stored').waitFor();
    // In a browser, a window reads secrets that others have written only when it is loaded.
    await second.open();
    await using agent = await connectCopied(second);
    assert.match(await callTool(agent, LIST, {}), /Acme Corp/u);
  });
}
