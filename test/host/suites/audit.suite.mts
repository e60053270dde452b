// The audit trail as a person meets it: what a window records, and the commands that verify, show and export it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { startHostAccount } from '../harness/account.mts';
import { cliEnv, runCli } from '../harness/cli.mts';
import { type Session, startSession } from '../harness/session.mts';
import type { Suite, SuiteContext } from '../harness/suite.mts';
import { until } from '../harness/tests.mts';
import { saveAs } from './commands/bench.mts';

interface Bench {
  readonly test: SuiteContext['test'];
  readonly session: Session;
  /** The audit directory. */
  readonly audit: string;
}

export const suite: Suite = {
  timeoutMs: 240_000,
  run: async (context) => {
    await using account = await startHostAccount();
    const options = { vsix: [await context.product()], env: account.env };
    await using session = await startSession(context, options);
    const { workbench } = session;
    await workbench.openViews('WorkOS');
    await workbench.row('Organizations', 'Acme Corp').waitFor();
    const bench = {
      test: context.test,
      session,
      audit: join(cliEnv(session.server)['WORKOS_MCP_HOME']!, 'audit'),
    };
    await records(bench);
    await verifies(bench);
    await shows(bench);
    await exportsRecords(bench);
    await exportsEvidence(bench);
    await findsTampering(bench);
  },
};

interface Line {
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The records of all files. */
function recorded(audit: string): Line[] {
  if (!existsSync(audit)) return [];
  return files(audit).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line),
  );
}

const files = (audit: string) =>
  readdirSync(audit)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .map((name) => join(audit, name));

async function records({ test, session, audit }: Bench): Promise<void> {
  const { workbench } = session;
  await test('a window records its calls under the key of its secret storage', async () => {
    await until('an outcome', async () => recorded(audit).some(({ kind }) => kind === 'outcome'));
    const [start] = recorded(audit);
    assert.equal(start?.body['command'], 'vscode');
    assert.match(JSON.stringify(start), /"assurance":"secret-storage"/u);
  });
  await test('and that settings changed, and that everything was stopped and resumed', async () => {
    await workbench.host(({ vscode }) =>
      vscode.workspace
        .getConfiguration('workos')
        .update('approvals', 'always', vscode.ConfigurationTarget.Global),
    );
    const names = () => recorded(audit).flatMap(({ kind, body }) => (kind === 'event' ? [body['name']] : []));
    await until('the change', async () => names().includes('policy.changed'));
    await runCli(session.server, 'kill', '--yes');
    await until('the stop', async () => names().includes('kill.stopped'));
    await workbench.runCommand('WorkOS: Resume');
    await until('the resume', async () => names().includes('kill.resumed'));
    await workbench.clearNotifications();
  });
}

async function verifies({ test, session }: Bench): Promise<void> {
  const { workbench } = session;
  await test('Verify Audit Trail says how much is intact', async () => {
    await workbench.runCommand('WorkOS: Verify Audit Trail');
    await workbench.notification(/\d+ records in \d+ chains? are intact\./u).waitFor();
    await workbench.screenshot('audit-intact');
    await workbench.clearNotifications();
  });
}

async function shows({ test, session }: Bench): Promise<void> {
  const { workbench } = session;
  const text = () => workbench.host(({ vscode }) => vscode.window.activeTextEditor?.document.getText() ?? '');
  await test('Open Audit Trail shows who did what, and Refresh what came since', async () => {
    await workbench.runCommand('WorkOS: Open Audit Trail');
    await until('the document', async () => (await text()).includes('list_workos_organizations'));
    assert.match(await text(), /kill\.resumed/u);
    await runCli(session.server, 'call', 'list_workos_organizations', '{"limit":1}', '--sandbox');
    const before = await text();
    await workbench.page
      .locator('.editor-actions')
      .getByRole('button', { name: 'Refresh', exact: true })
      .click();
    await until('another text', async () => (await text()) !== before);
    await workbench.screenshot('audit-trail');
  });
}

async function exportsRecords({ test, session, audit }: Bench): Promise<void> {
  const { workbench, server } = session;
  await test('Export Audit Trail saves the records, and is recorded', async () => {
    await workbench.runCommand('WorkOS: Export Audit Trail');
    await workbench.pick(/^CSV/u);
    await workbench.pick('Everything');
    await saveAs(workbench, join(server.workspace, 'audit.csv'));
    await workbench.notification(/Records saved: \d+\./u).waitFor();
    assert.match(readFileSync(join(server.workspace, 'audit.csv'), 'utf8'), /list_workos_organizations/u);
    const isExport = ({ kind, body }: Line) => kind === 'export' && body['format'] === 'csv';
    await until('the record', async () => recorded(audit).some(isExport));
    await workbench.clearNotifications();
  });
}

async function exportsEvidence({ test, session, audit }: Bench): Promise<void> {
  const { workbench, server } = session;
  await test('Export Evidence saves a bundle that its own verifier finds intact', async () => {
    await workbench.runCommand('WorkOS: Export Evidence');
    await workbench.pick('Last 6 months');
    const file = join(server.workspace, 'evidence.zip');
    await saveAs(workbench, file);
    await workbench.notification(/Evidence saved: \d+ records/u).waitFor();
    const folder = join(server.root, 'evidence');
    for (const [name, content] of Object.entries(unzipSync(readFileSync(file)))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const said = execFileSync(process.execPath, [join(folder, 'audit-verify.js'), folder]).toString();
    assert.match(said, /^intact: /mu);
    assert.ok(existsSync(join(folder, 'audit-format.md')));
    const isExport = ({ kind, body }: Line) => kind === 'export' && body['format'] === 'evidence';
    await until('the record', async () => recorded(audit).some(isExport));
    await workbench.clearNotifications();
  });
}

async function findsTampering({ test, session, audit }: Bench): Promise<void> {
  const { workbench } = session;
  await test('Verify Audit Trail names the file, the record and the kind of what was changed', async () => {
    const [file] = files(audit);
    const whole = readFileSync(file!, 'utf8');
    writeFileSync(file!, whole.replace('"status":"ok"', '"status":"no"'));
    await workbench.runCommand('WorkOS: Verify Audit Trail');
    await workbench.notification(/The audit trail was tampered with: .+, record \d+: altered/u).waitFor();
    await workbench.screenshot('audit-tampered');
    await workbench.clearNotifications();
    writeFileSync(file!, whole);
  });
}
