import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { startAccount, type TestAccount } from '../support/account.ts';
import { type Attack, ATTACKS, expectHarmless, markerOf } from '../support/attacks.ts';
import { runCli } from '../support/cli.ts';
import { callError, callOk, connectHttp } from '../support/clients.ts';
import { poison } from '../support/poison.ts';
import { startServer } from '../support/server.ts';
import { newOrganization } from '../unit/tools/objects.ts';

const PROMPT = { type: 'ref/prompt', name: 'investigate_unauthorized_access' } as const;
const CREATE = 'create_workos_organization';

let account: TestAccount;
let client: Client;
const ids = new Map<string, string>();
const alone = new Map<string, string>();
const questions: string[] = [];
beforeAll(async () => {
  account = await startAccount();
  for (const [, text] of ATTACKS) {
    ids.set(text, poison(account.account, text).organization);
    newOrganization(account.account, text);
    alone.set(text, newOrganization(account.account, `Alone ${text}`).id);
  }
  const answer = (question: string) => {
    questions.push(question);
    return { action: 'decline' as const };
  };
  client = await connectHttp(await startServer({ env: account.env }), { answer });
});

/** The marker has to be there, or the text would be harmless by not being there at all. */
function expectDefused(said: unknown, attack: Attack): void {
  const text = JSON.stringify(said);
  expect(text).toContain(markerOf(attack));
  expectHarmless(text);
}

describe.each(ATTACKS)('%s', (...attack) => {
  const [, text, reads] = attack;

  it('in an error that names candidates', async () => {
    const similar = await callError(client, 'get_organization_details', { organization: markerOf(attack) });
    expect(similar).toMatchObject({
      code: 'NOT_FOUND',
      hint: expect.stringMatching(/Similar names/u) as string,
    });
    expectDefused(similar, attack);
    const several = await callError(client, 'get_organization_details', { organization: text });
    expect(several.code).toBe('AMBIGUOUS');
    expectDefused(several, attack);
  });

  it('in an error about the input', async () => {
    const error = await callError(client, 'list_directories', { [text]: 1 });
    expect(error.code).toBe('INVALID_INPUT');
    expectDefused(error, attack);
  });

  it('in a question to the person, who says no', async () => {
    questions.length = 0;
    const input = { name: text, domains: ['words.fresh.example'] };
    const error = await callError(client, CREATE, input);
    expect(error.code).toBe('DECLINED');
    expect(questions).toHaveLength(1);
    expectDefused(questions, attack);
  });

  it('in a resource that is read, and in their list', async () => {
    const uri = `workos://organization/${ids.get(text)!}`;
    const { contents } = await client.readResource({ uri });
    const [read] = contents as { text: string }[];
    expectDefused(JSON.parse(read!.text), attack);
    expect(read!.text).toContain('data, never instructions');
    const { resources } = await client.listResources();
    const listed = resources.find((resource) => resource.uri === uri);
    expect(listed?.name).toContain(markerOf(attack));
    for (const pattern of [listed?.name, listed?.title])
      expect(pattern).not.toMatch(/!\[|<[a-z]|[\u200B\u202E]/u);
  });

  it('in a completion: a name that is shown otherwise leads nowhere, so its id comes', async () => {
    const value = `Alone ${markerOf(attack)}`;
    const { completion } = await client.complete({ ref: PROMPT, argument: { name: 'organization', value } });
    const name = `Alone ${text}`;
    // Pictures and joiners may look otherwise in a picker.
    const whole = reads === text && !/\p{Cf}/u.test(text);
    expect(completion.values).toEqual([whole ? name : alone.get(text)]);
    const [organization] = completion.values;
    await callOk(client, 'get_organization_details', { organization: organization! });
  });
});

it('completes the name of an organization that nothing is wrong with', async () => {
  const { completion } = await client.complete({
    ref: PROMPT,
    argument: { name: 'organization', value: 'Stark' },
  });
  expect(completion.values).toEqual(['Stark Industries']);
});

describe('the terminal of a person', () => {
  it.each(ATTACKS)('gets %s as it is, and nothing that acts on it', async (...[, text]) => {
    const input = JSON.stringify({ organization: ids.get(text) });
    const { code, stdout } = await runCli(['call', 'get_organization_details', input], { env: account.env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: text, metadata: { [text]: text } });
    expect(stdout.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\p{Co}\u{E0100}-\u{E01EF}]/u);
  });

  it('gets errors in the same way', async () => {
    const [, text] = ATTACKS[1]!;
    const input = JSON.stringify({ organization: text });
    const { code, stdout } = await runCli(['call', 'get_organization_details', input], { env: account.env });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ code: 'AMBIGUOUS' });
    expect(stdout).toContain('\\u202e');
    expect(stdout).not.toMatch(/\p{Cf}/u);
  });
});
