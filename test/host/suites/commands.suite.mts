// Commands as a person runs them, on an account of the test's own: what they say, copy and save is held against it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startHostAccount } from '../harness/account.mts';
import { startSession } from '../harness/session.mts';
import type { Suite } from '../harness/suite.mts';
import { until } from '../harness/tests.mts';
import { type Bench, clipboard, organization, readCsv, saveAs } from './commands/bench.mts';
import { readsEvents } from './commands/events.mts';
import { staysWell } from './commands/health.mts';
import { tryRows } from './commands/rows.mts';

const FORMULA = '=HYPERLINK("https://evil.example")';

export const suite: Suite = {
  timeoutMs: 240_000,
  run: async (context) => {
    await using account = await startHostAccount();
    const options = { vsix: [await context.product()], env: account.env };
    await using session = await startSession(context, options);
    const { workbench } = session;
    // Tall enough for every row: those below the fold are not there.
    await workbench.page.setViewportSize({ width: 1400, height: 1300 });
    const { test } = context;
    const bench: Bench = { test, workbench, sandbox: account.sandbox, folder: session.server.workspace };
    await workbench.openViews('WorkOS');
    await workbench.row('Organizations', 'Acme Corp').waitFor();
    await findsPeople(bench);
    await exportsRosters(bench);
    await readsEvents(bench);
    await tryRows(bench);
    await helps(bench);
    await staysWell(bench);
  },
};

async function findsPeople({ test, workbench, sandbox: { account } }: Bench): Promise<void> {
  await test('Find Person finds somebody by e-mail address, in the organization that has its domain', async () => {
    await workbench.runCommand('WorkOS: Find Person');
    await workbench.enter('John@Acme.com');
    await workbench.pick('Acme Corp');
    const found = workbench.quickInput.getByRole('option', { name: /John Doe/u });
    await found.waitFor();
    assert.match(await found.innerText(), /Acme Okta Directory · .*IT Admin Group/u);
    await workbench.pick('John Doe');
    await workbench.pick('Copy ID');
    const { id } = organization(account, 'Acme Corp');
    const directory = account.directories.find(({ organization_id }) => organization_id === id)!;
    const john = [...account.usersOf(directory.id)].find(({ email }) => email === 'john@acme.com')!;
    await clipboard(workbench, john.id);
  });
  await test('Find Person says where it looked in vain', async () => {
    await workbench.runCommand('WorkOS: Find Person');
    await workbench.enter('nobody@acme.com');
    await workbench.pick('Acme Corp');
    const told = workbench.notification('Nobody in Acme Corp has the address nobody@acme.com');
    await told.filter({ hasText: 'Searched: Acme Okta Directory' }).waitFor();
    await workbench.clearNotifications();
  });
}

async function exportsRosters({ test, workbench, sandbox, folder }: Bench): Promise<void> {
  const { account, faults } = sandbox;
  const { id } = account.directories.find(({ name }) => name === 'Acme Okta Directory')!;
  const row = workbench.row('Directories', 'Acme Okta Directory');
  await test('Export Roster saves every user, and no cell is a formula', async () => {
    const [somebody] = account.usersOf(id);
    const evil = { id: 'directory_user_01EVIL', email: 'evil@acme.com', first_name: FORMULA, name: FORMULA };
    account.addUser({ ...somebody!, ...evil, last_name: null });
    await workbench.chooseFromMenu(row, 'Export Roster…');
    await workbench.pick(/^Users(?! with)/u);
    await saveAs(workbench, join(folder, 'roster.csv'));
    const all = [...account.usersOf(id)];
    await workbench.notification(`Saved ${all.length} users.`).waitFor();
    const users = readCsv(join(folder, 'roster.csv'));
    assert.equal(users.length, all.length);
    assert.deepEqual(new Set(users.map((user) => user['email'])), new Set(all.map(({ email }) => email)));
    assert.equal(users.find((user) => user['email'] === 'evil@acme.com')?.['name'], `'${FORMULA}`);
    await workbench.clearNotifications();
  });
  await test('an export that is cancelled leaves no file', async () => {
    faults.set({ kind: 'latency', ms: 60_000, match: ({ path }) => path === '/directory_users' });
    await workbench.chooseFromMenu(row, 'Export Roster…');
    await workbench.pick(/^Users(?! with)/u);
    await saveAs(workbench, join(folder, 'cancelled.csv'));
    const reading = workbench.notification('Reading the roster of Acme Okta Directory');
    await workbench.press(reading, 'Cancel');
    await workbench.notification('No file was written').waitFor();
    assert.equal(existsSync(join(folder, 'cancelled.csv')), false);
    faults.clear();
    await workbench.clearNotifications();
  });
}

async function helps({ test, workbench, sandbox }: Bench): Promise<void> {
  const { page } = workbench;
  const { account, apiKey } = sandbox;
  await test('the status bar item opens the menu', async () => {
    await workbench.statusBarItem('Sample account').click();
    await workbench.quickInput.getByRole('option').first().waitFor();
    const entries = await workbench.quickInput.getByRole('option').allInnerTexts();
    for (const entry of ['Switch Environment…', 'Create Organization…', 'Find Person…', 'Show Log'])
      assert.ok(
        entries.some((text) => text.includes(entry)),
        `${entry}: ${entries.join(', ')}`,
      );
    assert.ok(!entries.some((text) => text.includes('Allow Writes')), 'a sandbox needs no permission');
    await page.keyboard.press('Escape');
  });
  await test('Show Log shows a numbered line per call, without key and arguments', async () => {
    await workbench.runCommand('WorkOS: Show Log');
    const lines = await until('the log', () =>
      workbench.host(({ vscode }) => {
        const logs = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'output');
        return logs.map((log) => log.getText()).find((text) => text.includes('list_directory_users'));
      }),
    );
    assert.match(lines, /#\d+ list_directory_users person:command \d+ ms \d+ bytes ok/u);
    for (const secret of [apiKey, 'john@acme.com', 'Acme']) assert.ok(!lines.includes(secret), secret);
    await workbench.execute('workbench.action.closePanel');
  });
  await test('Report Issue shows a text without names, ids and keys', async () => {
    await workbench.runCommand('WorkOS: Report Issue');
    await workbench.notification('Nothing has been sent').waitFor();
    const text = await workbench.host(({ vscode }) => vscode.window.activeTextEditor!.document.getText());
    assert.match(text, /list_directory_users/u);
    assert.match(text, /Environment: sandbox, writes allowed/u);
    assert.doesNotMatch(text, /(org|conn|directory|directory_user|event)_01/u);
    const names = account.organizations.map(({ name }) => name);
    for (const secret of [...names, 'john@acme.com', apiKey, sandbox.url])
      assert.ok(!text.includes(secret), secret);
    await workbench.clearNotifications();
  });
}
