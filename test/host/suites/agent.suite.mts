// The real Copilot agent, with a scripted model, on an account the test can look into.
import assert from 'node:assert/strict';
import { type HostAccount, startHostAccount } from '../harness/account.mts';
import { COPILOT_SETTINGS, type CopilotChat, startCopilot } from '../harness/copilot.mts';
import { plan, type Result } from '../harness/plan.mts';
import type { ScriptedModel } from '../harness/scripted-model.mts';
import { startSession } from '../harness/session.mts';
import type { Suite, SuiteContext } from '../harness/suite.mts';
import type { Workbench } from '../harness/workbench.mts';

const LIMIT = { timeoutMs: 60_000 };

interface Row {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly email: string;
}

interface Bench {
  readonly context: SuiteContext;
  readonly account: HostAccount['sandbox']['account'];
  readonly requests: HostAccount['sandbox']['requests'];
  readonly chat: CopilotChat;
  readonly model: ScriptedModel;
  readonly workbench: Workbench;
}

export const suite: Suite = {
  timeoutMs: 240_000,
  run: async (context) => {
    await using account = await startHostAccount();
    const options = { vsix: [await context.product()], env: account.env, settings: COPILOT_SETTINGS };
    await using session = await startSession(context, options);
    const { workbench, model } = session;
    const { sandbox } = account;
    const chat = await startCopilot(workbench);
    const bench = { context, account: sandbox.account, requests: sandbox.requests, chat, model, workbench };
    await organizations(bench);
    await connections(bench);
    await users(bench);
    await creates(bench);
  },
};

const rows = (result: Result | undefined) => (result?.['items'] ?? []) as Row[];
const named = (result: Result | undefined, name: string) => {
  const found = rows(result).find((row) => row.name === name);
  if (found === undefined) throw new Error(`no ${name} in the result`);
  return found;
};

async function organizations({ context, account, chat, model, workbench }: Bench): Promise<void> {
  const question = 'List all organizations in my WorkOS account';
  const list = [{ tool: 'list_workos_organizations', input: () => ({}) }];
  const say = ([all]: readonly Result[]) =>
    `I found ${rows(all).length}: ${rows(all)
      .map(({ name, id }) => `${name} (${id})`)
      .join(', ')}.`;
  model.script = plan(list, say);
  const truth = () =>
    `I found ${account.organizations.length}: ${account.organizations
      .toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1))
      .map(({ name, id }) => `${name} (${id})`)
      .join(', ')}.`;
  await context.test(
    'lists all organizations of the account',
    async () => {
      assert.equal(await chat.ask(question), 'answered');
      assert.ok((await chat.answer()).includes(truth()), await chat.answer());
      await workbench.screenshot('organizations');
    },
    LIMIT,
  );
  await context.test(
    'renaming an organization changes the answer',
    async () => {
      const acme = account.organizations.find(({ name }) => name === 'Acme Corp')!;
      acme.name = 'Acme Holding';
      assert.equal(await chat.ask(question), 'answered');
      assert.ok((await chat.answer()).includes('Acme Holding'), await chat.answer());
      assert.ok((await chat.answer()).includes(truth()));
      acme.name = 'Acme Corp';
    },
    LIMIT,
  );
}

async function connections({ context, account, chat, model }: Bench): Promise<void> {
  await context.test(
    'checks the status of an organization’s SSO connections',
    async () => {
      model.script = plan(
        [
          { tool: 'list_workos_organizations', input: () => ({ search: 'Acme' }) },
          {
            tool: 'list_sso_connections',
            input: ([found]) => ({ organization: named(found, 'Acme Corp').id }),
          },
        ],
        ([, found]) =>
          rows(found)
            .map(({ name, id, state }) => `${name} (${id}) is ${state}`)
            .join('; '),
      );
      assert.equal(await chat.ask("Check the status of SSO connections for 'Acme Corp'"), 'answered');
      const answer = await chat.answer();
      const { id } = account.organizations.find(({ name }) => name === 'Acme Corp')!;
      const truth = account.connections.filter(({ organization_id }) => organization_id === id);
      assert.equal(truth.length, 2);
      for (const { name, id: connection, state } of truth)
        assert.ok(answer.includes(`${name} (${connection}) is ${state}`), answer);
    },
    LIMIT,
  );
}

async function users({ context, account, chat, model }: Bench): Promise<void> {
  await context.test(
    'lists the users synced from a directory',
    async () => {
      const directory = account.directories.find(({ name }) => name === 'Acme Okta Directory')!;
      model.script = plan(
        [
          { tool: 'list_directories', input: () => ({ organization: 'Acme Corp' }) },
          {
            tool: 'list_directory_users',
            input: ([found]) => ({ directory_id: named(found, directory.name).id, limit: 3 }),
          },
        ],
        ([, found]) =>
          `I found ${String(found?.['total'])} users. The most recently synced: ${rows(found)
            .map(({ name, email }) => `${name} (${email})`)
            .join(', ')}.`,
      );
      assert.equal(await chat.ask(`List all users synced from the directory '${directory.id}'`), 'answered');
      const answer = await chat.answer();
      const people = account.usersOf(directory.id);
      const all = [...people];
      const newest = all.toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1)).slice(0, 3);
      assert.ok(answer.includes(`I found ${all.length} users`), answer);
      for (const { email } of newest) assert.ok(answer.includes(email!), answer);
    },
    LIMIT,
  );
}

async function creates({ context, account, requests, chat, model, workbench }: Bench): Promise<void> {
  const exists = () => account.organizations.some(({ name }) => name === 'Initech');
  const posts = () => requests.count(({ method, path }) => method === 'POST' && path === '/organizations');
  await context.test(
    'creating asks first, does nothing when skipped, and creates when permitted',
    async () => {
      model.script = plan(
        [
          {
            tool: 'create_workos_organization',
            input: () => ({ name: 'Initech', domains: ['initech.example'] }),
          },
        ],
        ([made]) => `Created ${(made!['organization'] as Row).id}.`,
      );
      const skipped = model.script;
      model.script = (turn) => (turn.answers.length > 0 ? { say: 'It was not run.' } : skipped(turn));
      assert.equal(await chat.ask('Create the organization Initech'), 'asks');
      await workbench.screenshot('asks');
      assert.equal(await chat.skip(), 'answered');
      assert.equal(exists(), false);
      assert.equal(posts(), 0);
      model.script = skipped;
      assert.equal(await chat.ask('Create the organization Initech'), 'asks');
      assert.equal(posts(), 0);
      // It has read names of third parties meanwhile, so the change takes a yes to its exact arguments.
      assert.equal(await chat.permit(), 'asks');
      assert.match(await chat.panel.innerText(), /Allow this change .*name: "Initech"/su);
      assert.equal(posts(), 0);
      await workbench.screenshot('approves');
      assert.equal(await chat.accept(), 'answered');
      const { id } = account.organizations.find(({ name }) => name === 'Initech')!;
      assert.ok((await chat.answer()).includes(`Created ${id}.`), await chat.answer());
      assert.equal(posts(), 1);
    },
    LIMIT,
  );
}
