// Keys, environments, and who may write: by keyboard as a person does it, on two accounts of the test's own.
import assert from 'node:assert/strict';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.ts';
import { filesWith } from '../harness/files-with.mts';
import { callTool, connectCopied } from '../harness/mcp-client.mts';
import { type Session, startSession } from '../harness/session.mts';
import type { Suite, SuiteContext } from '../harness/suite.mts';
import { until } from '../harness/tests.mts';
import type { Workbench } from '../harness/workbench.mts';

const STAGING_KEY = 'sk_test_hostsuite0123456789abcdef';
const NEXT_KEY = 'sk_test_rotated0123456789abcdefgh';
const LIVE_KEY = 'sk_live_hostsuite0123456789abcdef';

interface Bench {
  readonly test: SuiteContext['test'];
  readonly session: Session;
  readonly workbench: Workbench;
  readonly staging: Sandbox;
  readonly production: Sandbox;
}

export const suite: Suite = {
  timeoutMs: 240_000,
  run: async (context) => {
    await using stack = new AsyncDisposableStack();
    const start = async (apiKey: string, organization: string) => {
      const sandbox = await startSandbox({ apiKey });
      stack.defer(() => sandbox.close());
      sandbox.account.organizations.find(({ name }) => name === 'Acme Corp')!.name = organization;
      return sandbox;
    };
    const staging = await start(STAGING_KEY, 'Acme Staging');
    const production = await start(LIVE_KEY, 'Acme Production');
    await using session = await startSession(context, { vsix: [await context.product()] });
    const { workbench } = session;
    const bench = { test: context.test, session, workbench, staging, production };
    await workbench.openViews('WorkOS');
    await addsStaging(bench);
    await addsProduction(bench);
    await guardsProduction(bench);
    await keepsWindowsApart(bench);
    await changesKeys(bench);
    await removes(bench);
  },
};

async function useOrigin(workbench: Workbench, origin: string): Promise<void> {
  await workbench.host(
    ({ vscode }, url) =>
      vscode.workspace.getConfiguration('workos').update('baseUrl', url, vscode.ConfigurationTarget.Global),
    origin,
  );
}

async function addsStaging({ test, workbench, staging }: Bench): Promise<void> {
  await test('a key is checked as it is typed and by a real call', async () => {
    await useOrigin(workbench, staging.url);
    await workbench.runCommand('WorkOS: Add Environment');
    const input = workbench.quickInput.locator('.quick-input-box input');
    assert.equal(await input.getAttribute('type'), 'password');
    await input.fill('pk_123');
    await workbench.quickInput.getByText('starts with sk_test_ or sk_live_').waitFor();
    await input.fill('sk_test_wrong0123456789');
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.getByText('does not accept this key (401)').waitFor();
    await workbench.screenshot('key-refused');
    await workbench.enter(STAGING_KEY);
    await workbench.enter('Staging');
    await workbench.row('Organizations', 'Acme Staging').waitFor();
  });
}

async function addsProduction({ test, workbench, production }: Bench): Promise<void> {
  await test('a second environment is production by its key, and becomes this window’s', async () => {
    await useOrigin(workbench, production.url);
    await workbench.runCommand('WorkOS: Add Environment');
    await workbench.enter(LIVE_KEY);
    await workbench.enter('Live');
    await workbench.row('Organizations', 'Acme Production').waitFor();
    assert.equal(await workbench.row('Organizations', 'Acme Staging').count(), 0);
    const item = workbench.statusBarItem('Live');
    assert.match((await item.getAttribute('class')) ?? '', /warning-kind/u);
    await workbench.screenshot('production');
  });
}

async function guardsProduction({ test, workbench, production }: Bench): Promise<void> {
  const posts = () => production.requests.count(({ method }) => method === 'POST');
  await test('production is read-only to agents: the tool is hidden, and refused', async () => {
    await using client = await connectCopied(workbench);
    assert.equal((await client.listTools()).tools.length, 9);
    const input = { name: 'Initech', domains: ['initech.example'] };
    assert.match(await callTool(client, 'create_workos_organization', input), /READ_ONLY/u);
    assert.equal(posts(), 0);
  });
  await test('Create Organization offers to allow writes, and asks again before it writes', async () => {
    await workbench.runCommand('WorkOS: Create Organization');
    await workbench.dialog.filter({ hasText: 'read-only' }).waitFor();
    await workbench.screenshot('production-guard');
    await workbench.press(workbench.dialog, 'Cancel');
    await workbench.dialog.waitFor({ state: 'detached' });
    await workbench.runCommand('WorkOS: Create Organization');
    await workbench.press(workbench.dialog, 'Allow Writes');
    await workbench.enter('Initech');
    await workbench.enter('initech.example');
    await workbench.pick('Pending');
    await workbench.pick('Continue');
    await workbench.pick('Create "Initech"');
    await workbench.dialog.filter({ hasText: 'in production?' }).waitFor();
    await workbench.screenshot('production-confirm');
    assert.equal(posts(), 0);
    await workbench.press(workbench.dialog, 'Create in Production');
    await workbench.notification('Created Initech').waitFor();
    assert.equal(posts(), 1);
    await workbench.clearNotifications();
  });
  await test('agents see the tool while writes are allowed, and are told when they are not', async () => {
    await using client = await connectCopied(workbench);
    assert.equal((await client.listTools()).tools.length, 10);
    const told = client.changed();
    await workbench.runCommand('WorkOS: Stop Allowing Writes');
    await told;
    assert.equal((await client.listTools()).tools.length, 9);
    await workbench.clearNotifications();
  });
}

async function keepsWindowsApart({ test, session, workbench }: Bench): Promise<void> {
  const second = await session.openWindow();
  await test('a new window takes the last environment, and switching it leaves the first alone', async () => {
    await second.openViews('WorkOS');
    await second.row('Organizations', 'Acme Production').waitFor();
    await second.runCommand('WorkOS: Switch Environment');
    await second.pick('Staging');
    await second.row('Organizations', 'Acme Staging').waitFor();
    assert.equal(await workbench.row('Organizations', 'Acme Production').count(), 1);
  });
  await test('each window has an endpoint of its own, on its own environment', async () => {
    await using one = await connectCopied(workbench);
    await using two = await connectCopied(second);
    assert.notEqual(one.url, two.url);
    assert.match(await callTool(one, 'list_workos_organizations', {}), /Acme Production/u);
    assert.match(await callTool(two, 'list_workos_organizations', {}), /Acme Staging/u);
  });
  await test('a reload keeps keys', async () => {
    await second.open();
    await second.openViews('WorkOS');
    await second.row('Organizations', 'Acme Staging').waitFor();
  });
  await second.page.close();
}

async function changesKeys({ test, workbench, staging }: Bench): Promise<void> {
  await test('a key of the wrong kind is refused, and a rotated one replaces the old', async () => {
    await workbench.runCommand('WorkOS: Switch Environment');
    await workbench.pick('Staging');
    await workbench.row('Organizations', 'Acme Staging').waitFor();
    staging.rotateKey(NEXT_KEY);
    await workbench.runCommand('WorkOS: Set API Key');
    const input = workbench.quickInput.locator('.quick-input-box input');
    await input.fill(LIVE_KEY);
    await workbench.quickInput.getByText('the environment is').waitFor();
    await workbench.enter(NEXT_KEY);
    await workbench.notification('is stored').waitFor();
    await using client = await connectCopied(workbench);
    assert.match(await callTool(client, 'list_workos_organizations', {}), /Acme Staging/u);
    await workbench.clearNotifications();
  });
}

async function removes({ test, session, workbench }: Bench): Promise<void> {
  await test('keys are in secret storage only, and a removed environment leaves none behind', async () => {
    // Encrypted, so that only its length tells how much it holds.
    const secrets = () =>
      workbench.page.evaluate(() => localStorage.getItem('secrets.provider')?.length ?? 0);
    const before = await secrets();
    assert.ok(before > 0);
    await workbench.runCommand('WorkOS: Remove Environment');
    await workbench.pick('Staging');
    await workbench.press(workbench.dialog, 'Remove');
    await workbench.notification('Removed the environment').waitFor();
    await until('the secret to go', async () => (await secrets()) < before);
    for (const key of [STAGING_KEY, NEXT_KEY, LIVE_KEY])
      assert.deepEqual(filesWith(session.server.root, key), []);
  });
  await test('without its environment a window says what to do', async () => {
    await using client = await connectCopied(workbench);
    assert.match(await callTool(client, 'list_workos_organizations', {}), /NO_API_KEY/u);
  });
}
