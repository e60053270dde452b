import { describe, expect, it, vi } from 'vitest';
import type { TokenScope } from '../../../src/access/token-file.ts';
import type { Caller } from '../../../src/gateway/caller.ts';
import { admit, allows, type Policy } from '../../../src/gateway/policy.ts';
import type { Next } from '../../../src/gateway/steps.ts';
import { type ToolName, tools } from '../../../src/tools/registry.ts';
import { AGENT, callOf, PERSON, succeed } from './support.ts';

const CREATE = 'create_workos_organization';
const LIST = 'list_directories';
const SERVER_READS: Policy = { readOnly: { reason: 'this server only reads', hint: 'Start it otherwise.' } };
const NAMES = Object.keys(tools) as ToolName[];

function agentWith(scope: TokenScope): Caller {
  return { ...AGENT, token: { id: 'tok_1', name: 'Test', scope } } as Caller;
}

/** `run`, or the code of the refusal. */
async function outcomeOf(policy: Policy, tool: ToolName, caller: Caller): Promise<string> {
  const next = vi.fn<Next>(succeed('done'));
  const outcome = await admit(() => policy)(next)(callOf(tool, { caller })).then(
    () => 'run',
    (error: { code: string }) => error.code,
  );
  expect(next).toHaveBeenCalledTimes(outcome === 'run' ? 1 : 0);
  return outcome;
}

describe('a token allows what both it and the server allow', () => {
  it.each<[string, Policy, TokenScope, { create: string; list: string }]>([
    ['everything', {}, { readOnly: false }, { create: 'run', list: 'run' }],
    ['only reading', {}, { readOnly: true }, { create: 'OUT_OF_SCOPE', list: 'run' }],
    ['one that reads', {}, { tools: [LIST], readOnly: false }, { create: 'OUT_OF_SCOPE', list: 'run' }],
    ['one that writes', {}, { tools: [CREATE], readOnly: false }, { create: 'run', list: 'OUT_OF_SCOPE' }],
    [
      'one that writes, only reading',
      {},
      { tools: [CREATE], readOnly: true },
      { create: 'OUT_OF_SCOPE', list: 'OUT_OF_SCOPE' },
    ],
    ['none', {}, { tools: [], readOnly: false }, { create: 'OUT_OF_SCOPE', list: 'OUT_OF_SCOPE' }],
    [
      'everything, of a server that only reads',
      SERVER_READS,
      { readOnly: false },
      { create: 'READ_ONLY', list: 'run' },
    ],
    [
      'one that writes, of a server that only reads',
      SERVER_READS,
      { tools: [CREATE], readOnly: false },
      { create: 'READ_ONLY', list: 'OUT_OF_SCOPE' },
    ],
  ])('%s', async (_what, policy, scope, expected) => {
    const caller = agentWith(scope);
    expect({
      create: await outcomeOf(policy, CREATE, caller),
      list: await outcomeOf(policy, LIST, caller),
    }).toEqual(expected);
    for (const [key, name] of [
      ['create', CREATE],
      ['list', LIST],
    ] as const)
      expect(allows(policy, tools[name], scope)).toBe(expected[key] === 'run');
  });
});

it('says whose limit it is', async () => {
  const refused = (policy: Policy, scope: TokenScope) =>
    admit(() => policy)(succeed(''))(callOf(CREATE, { caller: agentWith(scope) })).catch(
      (error: unknown) => error,
    );
  expect(await refused({}, { readOnly: true })).toMatchObject({
    message: 'create_workos_organization changes the account, and this connection token only reads.',
    hint: expect.stringContaining('issue a token'),
  });
  expect(await refused({}, { tools: [LIST], readOnly: false })).toMatchObject({
    message: 'This connection token does not allow create_workos_organization.',
  });
  expect(await refused(SERVER_READS, { readOnly: true })).toMatchObject({ hint: 'Start it otherwise.' });
});

it('limits nobody without a token', async () => {
  for (const name of NAMES) {
    expect(await outcomeOf({}, name, AGENT)).toBe('run');
    expect(await outcomeOf({}, name, PERSON)).toBe('run');
  }
});

it('holds for a yes that comes late', async () => {
  let policy: Policy = {};
  const asking: Next = async ({ confirm }) => ({ ok: true, draft: { value: await confirm?.('Sure?') } });
  const confirm = async () => {
    policy = SERVER_READS;
    return true;
  };
  const call = callOf(CREATE, { caller: agentWith({ tools: [CREATE], readOnly: false }), confirm });
  await expect(admit(() => policy)(asking)(call)).rejects.toMatchObject({ code: 'READ_ONLY' });
});
