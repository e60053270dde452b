// Connection tokens: issued, used, kept over a reload, and taken back, by keyboard alone and with a real MCP client.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHostAccount } from '../harness/account.mts';
import { filesWith } from '../harness/files-with.mts';
import { callTool, connectCopied, connectTo, type ServerEntry } from '../harness/mcp-client.mts';
import { told } from '../harness/notices.mts';
import { type Session, startSession } from '../harness/session.mts';
import type { Suite, SuiteContext } from '../harness/suite.mts';
import { until } from '../harness/tests.mts';
import type { Workbench } from '../harness/workbench.mts';
import { box, choose, confirm, openList, write } from './tokens/keyboard.mts';

const LIST = 'list_workos_organizations';
const CREATE = 'create_workos_organization';
const NAME = 'Claude on my laptop';
const MANAGE = 'Manage Connection Tokens';
const ISSUE = 'Issue Connection Token';
const LIMIT = { timeoutMs: 90_000 };

interface Bench {
  readonly test: SuiteContext['test'];
  readonly session: Session;
  readonly workbench: Workbench;
  /** What was issued, once it is. */
  entry: ServerEntry;
}

export const suite: Suite = {
  timeoutMs: 300_000,
  run: async (context) => {
    await using account = await startHostAccount();
    const options = { vsix: [await context.product()], env: account.env };
    await using session = await startSession(context, options);
    const { workbench } = session;
    await workbench.openViews('WorkOS');
    await workbench.row('Organizations', 'Acme Corp').waitFor();
    const bench: Bench = { test: context.test, session, workbench, entry: { url: '', headers: {} } };
    await issues(bench);
    await keepsTheAddress(bench);
    await takesBack(bench);
    await saysThatItIsStopped(bench);
  },
};

const clipboard = (workbench: Workbench) => workbench.host(({ vscode }) => vscode.env.clipboard.readText());

const tokenOf = ({ headers }: ServerEntry) => (headers['Authorization'] ?? '').replace('Bearer ', '');

/** The status and body of a request with the token, without a session: 400 to who is let in. */
async function statusOf({ url, headers }: ServerEntry): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
  });
  return `${response.status} ${await response.text()}`;
}

async function issues(bench: Bench): Promise<void> {
  const { test, workbench, session } = bench;
  await test(
    'a token is issued by keyboard alone, and a client gets in with what was copied',
    async () => {
      await openList(workbench);
      await choose(workbench, MANAGE, 'Issue a token');
      await write(workbench, `${ISSUE} (1/3)`, NAME);
      await choose(workbench, `${ISSUE} (2/3)`, 'All tools');
      // As the key of the Back button does.
      await box(workbench, `${ISSUE} (3/3)`);
      await workbench.execute('workbench.action.quickInputBack');
      await choose(workbench, `${ISSUE} (2/3)`, 'Only read');
      await choose(workbench, `${ISSUE} (3/3)`, 'in 90 days');
      await workbench.dialog.filter({ hasText: `The connection token ${NAME} is issued.` }).waitFor();
      await workbench.screenshot('issued');
      await confirm(workbench, 'Copy Token');
      await workbench.dialog.filter({ hasText: 'Copied to the clipboard' }).waitFor();
      const token = await clipboard(workbench);
      assert.match(token, /^wmcp_[\w-]{43}$/u);
      await confirm(workbench, 'Copy Configuration');
      await choose(workbench, NAME, 'Claude, Cursor');
      await workbench.dialog.filter({ hasText: 'Copied to the clipboard' }).waitFor();
      const copied = JSON.parse(await clipboard(workbench)) as { mcpServers: { workos: ServerEntry } };
      bench.entry = copied.mcpServers.workos;
      assert.equal(tokenOf(bench.entry), token);
      await confirm(workbench, 'Done');
      const offered = workbench.notification('ends with this window');
      await offered.waitFor();
      await workbench.press(offered, 'Keep This Address');
      await using client = await connectTo(bench.entry);
      const names = (await client.listTools()).tools.map(({ name }) => name);
      assert.ok(names.includes(LIST) && !names.includes(CREATE), names.join(', '));
      assert.match(await callTool(client, LIST, {}), /Acme Corp/u);
      assert.match(await callTool(client, CREATE, { name: 'New', domains: [] }), /OUT_OF_SCOPE/u);
      assert.deepEqual(filesWith(session.server.root, token), []);
      assert.ok(!readFileSync(join(session.server.root, 'state', 'tokens.json'), 'utf8').includes(token));
    },
    LIMIT,
  );
}

async function keepsTheAddress(bench: Bench): Promise<void> {
  const { test, workbench, session } = bench;
  await test(
    'an address that is kept is there again when the window was loaded anew, for the same token',
    async () => {
      const kept = () =>
        workbench.host(({ vscode }) => vscode.workspace.getConfiguration('workos').get('endpoint.port'));
      await until('the port to be kept', async () => String(await kept()) === new URL(bench.entry.url).port);
      await workbench.open();
      await workbench.openViews('WorkOS');
      await workbench.row('Organizations', 'Acme Corp').waitFor();
      await until('the endpoint', () =>
        statusOf(bench.entry).then(
          (text) => text.startsWith('400'),
          () => false,
        ),
      );
      await using client = await connectTo(bench.entry);
      assert.match(await callTool(client, LIST, {}), /Acme Corp/u);
    },
    LIMIT,
  );
  await test(
    'a second window says that the port is taken, and serves elsewhere',
    async () => {
      const second = await session.openWindow();
      await second.openViews('WorkOS');
      await told(second, `Port ${new URL(bench.entry.url).port} is taken`);
      await using client = await connectCopied(second);
      assert.notEqual(client.url, bench.entry.url);
      assert.match(await callTool(client, LIST, {}), /Acme Corp/u);
      await second.page.close();
    },
    LIMIT,
  );
}

async function takesBack(bench: Bench): Promise<void> {
  const { test, workbench } = bench;
  await test(
    'disabled, it is refused at once; revoked, for good: and what was open under it has ended',
    async () => {
      await using client = await connectTo(bench.entry);
      assert.match(await callTool(client, LIST, {}), /Acme Corp/u);
      await openList(workbench);
      await choose(workbench, MANAGE, NAME);
      await choose(workbench, `Connection Token ${NAME}`, 'Disable');
      await until('a 401', async () => (await statusOf(bench.entry)).startsWith('401'));
      assert.match(await statusOf(bench.entry), /is disabled/u);
      await assert.rejects(callTool(client, LIST, {}), /is disabled/u);
      await choose(workbench, `Connection Token ${NAME}`, 'Enable');
      await until('to be let in', async () => (await statusOf(bench.entry)).startsWith('400'));
      // The session it had is gone.
      await assert.rejects(callTool(client, LIST, {}), /Session not found/u);
      const usage = workbench.quickInput.getByRole('option', { name: /host-test/u });
      await usage.waitFor();
      assert.match(await usage.innerText(), /requests/u);
      await workbench.screenshot('token');
      await choose(workbench, `Connection Token ${NAME}`, 'Revoke');
      await confirm(workbench, 'Revoke');
      await until('a 401', async () => (await statusOf(bench.entry)).startsWith('401'));
      assert.match(await statusOf(bench.entry), /is revoked/u);
      await box(workbench, `Connection Token ${NAME}`);
      await workbench.page.keyboard.press('Escape');
      await workbench.quickInput.waitFor({ state: 'hidden' });
      await using own = await connectCopied(workbench);
      assert.match(await callTool(own, LIST, {}), /Acme Corp/u);
    },
    LIMIT,
  );
}

async function saysThatItIsStopped({ test, workbench }: Bench): Promise<void> {
  await test('while everything is stopped, the command says so', async () => {
    await workbench.runCommand('WorkOS: Stop Everything (Kill Switch)');
    await workbench.notification('WorkOS is stopped').waitFor();
    await workbench.clearNotifications();
    await openList(workbench);
    await workbench.notification('WorkOS is stopped').waitFor();
  });
}
