// What agents are kept from: values in documents that they could be given, and changes nobody has approved.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startHostAccount } from '../harness/account.mts';
import { callTool, connectCopied } from '../harness/mcp-client.mts';
import { startSession } from '../harness/session.mts';
import type { Suite } from '../harness/suite.mts';
import { until } from '../harness/tests.mts';
import type { Workbench } from '../harness/workbench.mts';
import { organization, readCsv, saveAs } from './commands/bench.mts';
import { approvesChanges } from './safeguards/approvals.mts';
import { type Bench, set } from './safeguards/bench.mts';
import { showsFigures } from './safeguards/figures.mts';

const IBAN = 'DE89370400440532013000';
const EMAIL = /[\w.]{2,}@acme\.com/u;

export const suite: Suite = {
  timeoutMs: 240_000,
  run: async (context) => {
    await using account = await startHostAccount();
    const { sandbox } = account;
    organization(sandbox.account, 'Acme Corp').metadata['bank'] = IBAN;
    const options = { vsix: [await context.product()], env: account.env };
    await using session = await startSession(context, options);
    const { workbench } = session;
    await workbench.openViews('WorkOS');
    await workbench.row('Organizations', 'Acme Corp').waitFor();
    const bench: Bench = { test: context.test, session, workbench, sandbox };
    await masksDetails(bench);
    await masksEvents(bench);
    await approvesChanges(bench);
    await showsFigures(bench, IBAN);
  },
};

const shownText = (workbench: Workbench) =>
  workbench.host(({ vscode }) => vscode.window.activeTextEditor?.document.getText() ?? '');

const shows = (workbench: Workbench, words: string) =>
  until(`a document with: ${words}`, async () => (await shownText(workbench)).includes(words));

const titleButton = ({ page }: Workbench, name: string) =>
  page.locator('.editor-actions').getByRole('button', { name, exact: true });

async function masksDetails({ test, workbench }: Bench): Promise<void> {
  await test('details mask what agents do not get, and say so', async () => {
    await workbench.chooseFromMenu(workbench.row('Organizations', 'Acme Corp'), 'Open Details');
    await shows(workbench, 'Values masked: 1 (IBANs: 1).');
    const text = await shownText(workbench);
    assert.ok(text.includes('[redacted:iban]') && !text.includes(IBAN), text);
    await titleButton(workbench, 'Show Values').waitFor();
    assert.equal(await titleButton(workbench, 'Hide Values').count(), 0);
    await workbench.screenshot('masked');
  });
  await test('Show Values shows them in this document, also when it is read again, until Hide Values', async () => {
    await titleButton(workbench, 'Show Values').click();
    await shows(workbench, IBAN);
    await shows(workbench, 'Values are shown that agents do not get');
    await workbench.screenshot('shown');
    await titleButton(workbench, 'Refresh').click();
    await titleButton(workbench, 'Hide Values').click();
    await shows(workbench, 'Values masked: 1');
    assert.ok(!(await shownText(workbench)).includes(IBAN));
  });
  await test('a document that was closed shows no values to who opens it again', async () => {
    await titleButton(workbench, 'Show Values').click();
    await shows(workbench, IBAN);
    const address = await workbench.host(({ vscode }) =>
      vscode.window.activeTextEditor!.document.uri.toString(),
    );
    await workbench.execute('workbench.action.closeActiveEditor');
    // As a chat reads a document that it was given.
    const read = () =>
      workbench.host(
        async ({ vscode }, uri) => (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).getText(),
        address,
      );
    await until('the values to be gone', async () => !(await read()).includes(IBAN));
    assert.match(await read(), /Not read yet/u);
  });
}

async function masksEvents({ test, workbench, sandbox, session: { server } }: Bench): Promise<void> {
  await test('the strict profile holds for the next call of an agent and the next document', async () => {
    await using client = await connectCopied(workbench);
    const { id } = organization(sandbox.account, 'Acme Corp');
    const users = () => callTool(client, 'list_directory_users', { organization: id, limit: 3 });
    assert.match(await users(), EMAIL);
    await workbench.chooseFromMenu(workbench.row('Organizations', 'Global Tech'), 'Open Details');
    await shows(workbench, 'Global Tech');
    await set(workbench, 'privacy', 'strict');
    assert.doesNotMatch(await users(), EMAIL);
    await shows(workbench, 'Not read yet');
    await workbench.chooseFromMenu(workbench.row('Organizations', 'Acme Corp'), 'Security Events…');
    await workbench.pick('Last 30 days');
    await workbench.pick(/^WorkOS events(?! and)/u);
    await shows(workbench, 'Values masked: ');
    const text = await shownText(workbench);
    assert.match(text, /\w\*\*\*@acme\.com/u);
    assert.doesNotMatch(text, EMAIL);
    await workbench.screenshot('events-masked');
  });
  await test('a person’s export is whole all the same', async () => {
    const file = join(server.workspace, 'events.csv');
    await workbench.runCommand('WorkOS: Export Events');
    await workbench.pick(/^CSV/u);
    await saveAs(workbench, file);
    await workbench.notification('Events saved').waitFor();
    const rows = readCsv(file);
    assert.ok(rows.some((row) => EMAIL.test(row['actor_name'] ?? '')));
    assert.ok(rows.every((row) => !Object.values(row).some((cell) => cell.includes('***@'))));
    await workbench.clearNotifications();
    await set(workbench, 'privacy', undefined);
  });
}
