import { beforeAll, describe, expect, it } from 'vitest';
import { startAccount, type TestAccount } from '../support/account.ts';
import { runCli } from '../support/cli.ts';
import { callOk, connectHttp, connectStdio } from '../support/clients.ts';
import { startServer } from '../support/server.ts';
import { newDirectory, newOrganization, newUser } from '../unit/tools/objects.ts';

const NAME = 'Leaky 123-45-6789';
const COVERED = 'Leaky [redacted:ssn]';
const EMAIL = 'jane@leaky.example';
const PROMPT = 'investigate_unauthorized_access';
const LIST = 'list_directory_users';

let account: TestAccount;
let id: string;
let input: { directory_id: string };
beforeAll(async () => {
  account = await startAccount();
  const organization = newOrganization(account.account, NAME, ['leaky.example']);
  ({ id } = organization);
  const directory = newDirectory(account.account, id, 'Leaky');
  newUser(account.account, directory, { name: NAME, email: EMAIL });
  input = { directory_id: directory.id };
});

describe.each([
  ['HTTP', async (args: string[]) => connectHttp(await startServer({ env: account.env, args }))],
  ['stdio', async (args: string[]) => connectStdio({ env: account.env, args })],
])('over %s', (_kind, connect) => {
  it.each([
    [[], { redacted: { ssn: 1 }, items: [{ name: COVERED, email: EMAIL }] }],
    [['--privacy', 'balanced'], { redacted: { ssn: 1 }, items: [{ name: COVERED, email: EMAIL }] }],
    [
      ['--privacy', 'strict'],
      { redacted: { ssn: 1, email: 1 }, items: [{ name: COVERED, email: 'j***@leaky.example' }] },
    ],
    [['--privacy', 'off'], { redacted: undefined, items: [{ name: NAME, email: EMAIL }] }],
  ])('an agent with %j sees', async (args, shown) => {
    const found = await callOk(await connect(args), LIST, input);
    const { redacted, items } = found;
    expect({ redacted, items }).toMatchObject(shown);
    expect(redacted).toEqual(shown.redacted);
  });

  it('resources and completions are covered, and lead to the organization', async () => {
    const client = await connect([]);
    const uri = `workos://organization/${id}`;
    const { resources } = await client.listResources();
    expect(resources.find((resource) => resource.uri === uri)).toMatchObject({
      name: COVERED,
      title: COVERED,
    });
    const { contents } = await client.readResource({ uri });
    expect(JSON.stringify(contents)).toContain(COVERED);
    expect(JSON.stringify(contents)).not.toContain(NAME);
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: PROMPT },
      argument: { name: 'organization', value: 'leaky' },
    });
    expect(completion.values).toEqual([id]);
  });
});

it('a person at the terminal sees their account, unless they choose a profile', async () => {
  const call = async (...args: string[]) =>
    (await runCli(['call', LIST, JSON.stringify(input), ...args], { env: account.env })).stdout;
  expect(await call()).toContain(NAME);
  expect(await call('--privacy', 'off')).toContain(NAME);
  const covered = await call('--privacy', 'strict');
  expect(covered).toContain(COVERED);
  expect(covered).toContain('j***@leaky.example');
  expect(covered).not.toContain(NAME);
});
