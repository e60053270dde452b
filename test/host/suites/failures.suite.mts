// What the views say when something is wrong, and how a person gets on from there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type HostAccount, startHostAccount } from '../harness/account.mts';
import { startSession } from '../harness/session.mts';
import type { Suite, SuiteContext } from '../harness/suite.mts';
import { until } from '../harness/tests.mts';
import type { Workbench } from '../harness/workbench.mts';

const VIEWS = ['Organizations', 'SSO Connections', 'Directories'];
const TEXTS = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../package.nls.json'), 'utf8'),
) as Record<string, string>;
/** A network that is down is tried for 20 seconds. */
const OFFLINE = { timeoutMs: 60_000 };

interface Bench {
  readonly test: SuiteContext['test'];
  readonly workbench: Workbench;
  readonly sandbox: HostAccount['sandbox'];
}

export const suite: Suite = {
  run: async (context) => {
    await using account = await startHostAccount();
    const { sandbox } = account;
    sandbox.faults.set({ kind: 'reset' });
    await using session = await startSession(context, { vsix: [await context.product()], env: account.env });
    const { workbench } = session;
    await workbench.page.setViewportSize({ width: 1400, height: 1300 });
    const bench: Bench = { test: context.test, workbench, sandbox };
    await offline(bench);
    await key(bench);
    await badge(bench);
    await errorRow(bench);
    await byHand(bench);
    await empty(bench);
  },
};

/** The text of an empty view, by its name in package.nls.json. */
function welcome(workbench: Workbench, view: string, name: string) {
  const [text = ''] = TEXTS[`welcome.${name}`]?.split('\n') ?? [];
  assert.notEqual(text, '', name);
  return workbench.view(view).locator('.welcome-view').filter({ hasText: text });
}

async function offline({ test, workbench, sandbox }: Bench): Promise<void> {
  const body = async () => {
    await workbench.openViews('WorkOS');
    for (const view of VIEWS) await welcome(workbench, view, 'offline').waitFor({ timeout: 40_000 });
    await workbench.screenshot('offline');
    sandbox.faults.clear();
    sandbox.rotateKey('sk_test_another0123456789abcdef');
    await workbench.press(welcome(workbench, 'Organizations', 'offline'), 'Try Again');
  };
  await test('without a network each view says so, and Try Again is one press away', body, OFFLINE);
}

async function key({ test, workbench, sandbox }: Bench): Promise<void> {
  await test('a key that is refused is told in each view, and Refresh reads again', async () => {
    for (const view of VIEWS) await welcome(workbench, view, 'key').waitFor();
    await workbench.screenshot('key');
    sandbox.rotateKey(sandbox.apiKey);
    await workbench.press(welcome(workbench, 'Organizations', 'key'), 'Refresh');
    await workbench.row('Organizations', 'Acme Corp').waitFor();
    await workbench.row('SSO Connections', /^Stark Industries/u).waitFor();
    await workbench.row('Directories', 'Stark Workday').waitFor();
    await workbench.clearNotifications();
  });
}

async function badge({ test, workbench, sandbox: { account } }: Bench): Promise<void> {
  const findings = () => [
    account.connections.filter(({ name }) => name === 'Stark ADFS SAML'),
    account.connections.filter(({ state }) => state !== 'active'),
    account.directories.filter(({ state }) => state !== 'linked'),
    account.organizations.flatMap(({ domains }) => domains).filter(({ state }) => state === 'failed'),
  ];
  await test('the badge counts the findings of all views', async () => {
    const icon = workbench.page.locator('.part.activitybar').getByRole('tab', { name: 'WorkOS' });
    const counts = (count: number) =>
      until('the badge', async () => (await icon.locator('.badge-content').innerText()) === `${count}`);
    assert.equal(findings().flat().length, 6);
    await counts(6);
    const { domains } = account.organizations.find(({ name }) => name === 'Umbra Health')!;
    for (const domain of domains) domain.state = 'failed';
    await workbench.runCommand('WorkOS: Refresh');
    assert.equal(findings().flat().length, 7);
    await counts(7);
  });
}

async function errorRow({ test, workbench, sandbox }: Bench): Promise<void> {
  await test('rows stay when they can’t be read again, below a row that tries again on Enter', async () => {
    sandbox.faults.set({ kind: 'status', status: 403 });
    await workbench.runCommand('WorkOS: Refresh');
    const error = workbench.row('Directories', 'Select to try again');
    await error.waitFor();
    const rows = workbench.view('Directories').getByRole('treeitem', { level: 1 });
    assert.match((await rows.first().getAttribute('aria-label')) ?? '', /Select to try again/u);
    assert.equal(await rows.count(), sandbox.account.directories.length + 1);
    await workbench.screenshot('error-row');
    sandbox.faults.clear();
    await workbench.execute('workos.directories.focus');
    await workbench.page.keyboard.press('Home');
    await workbench.page.keyboard.press('Enter');
    await error.waitFor({ state: 'detached' });
    assert.equal(await rows.count(), sandbox.account.directories.length);
    assert.equal(await workbench.row('Organizations', 'Select to try again').count(), 1);
    await workbench.runCommand('WorkOS: Refresh');
    await workbench.row('Organizations', 'Select to try again').waitFor({ state: 'detached' });
  });
}

async function byHand({ test, workbench }: Bench): Promise<void> {
  const { page } = workbench;
  await test('a connection opens by the keyboard alone: arrow to expand, Enter for its details', async () => {
    const group = workbench.row('SSO Connections', /^Acme Corp/u);
    await workbench.execute('workos.connections.focus');
    await page.keyboard.press('Home');
    const focused = page.locator('.part.sidebar [role=tree]:focus .monaco-list-row.focused');
    const label = async () => (await focused.getAttribute('aria-label')) ?? '';
    for (let turn = 0; turn < 10 && !(await label()).startsWith('Acme Corp'); turn += 1)
      await page.keyboard.press('ArrowDown');
    assert.equal(await group.getAttribute('aria-expanded'), 'false');
    await page.keyboard.press('ArrowRight');
    await workbench.row('SSO Connections', 'Okta SAML').waitFor();
    assert.equal(await group.getAttribute('aria-expanded'), 'true');
    await page.keyboard.press('ArrowDown');
    const name = (await label()).split(',')[0]!;
    await page.keyboard.press('Enter');
    const text = () =>
      workbench.host(({ vscode }) => vscode.window.activeTextEditor?.document.getText() ?? '');
    await until('the details', async () => (await text()).startsWith(`# `) && (await text()).includes(name));
    await workbench.execute('workbench.action.closeAllEditors');
  });
}

async function empty({ test, workbench, sandbox: { account } }: Bench): Promise<void> {
  await test('a search without a hit says so, and Clear Find ends it', async () => {
    const view = workbench.view('Organizations');
    await view.hover();
    await view.getByRole('button', { name: 'Find…' }).click();
    await workbench.enter('zzz');
    const found = welcome(workbench, 'Organizations', 'notFound');
    await found.waitFor();
    await workbench.screenshot('not-found');
    await workbench.press(found, 'Clear Find');
    await workbench.row('Organizations', 'Acme Corp').waitFor();
  });
  await test('an account without anything says so, and leads to Create Organization', async () => {
    for (const rows of [account.organizations, account.connections, account.directories]) rows.length = 0;
    await workbench.runCommand('WorkOS: Refresh');
    const none = welcome(workbench, 'Organizations', 'noOrganizations');
    await none.waitFor();
    await welcome(workbench, 'SSO Connections', 'noConnections').waitFor();
    await welcome(workbench, 'Directories', 'noDirectories').waitFor();
    await workbench.screenshot('empty');
    await workbench.press(none, 'Create Organization');
    await workbench.enter('First');
    await workbench.page.keyboard.press('Escape');
  });
}
