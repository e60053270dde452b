import { describe, expect, it, vi } from 'vitest';
import { admit, allows, type Policy } from '../../../src/gateway/policy.ts';
import type { Next } from '../../../src/gateway/steps.ts';
import type { AppError } from '../../../src/shared/errors.ts';
import { type ToolName, tools } from '../../../src/tools/registry.ts';
import { callOf, PERSON, succeed } from './support.ts';

const READ_ONLY: Policy = { readOnly: { reason: 'this is a test', hint: 'Start it otherwise.' } };
const NAMES = Object.keys(tools) as ToolName[];
const READERS = NAMES.filter((name) => name !== 'create_workos_organization');

describe('read-only', () => {
  it('refuses the create tool and says how to allow it, without running it', async () => {
    const next = vi.fn<Next>(succeed('created'));
    const call = callOf('create_workos_organization');
    await expect(admit(() => READ_ONLY)(next)(call)).rejects.toMatchObject({
      code: 'READ_ONLY',
      message: 'create_workos_organization changes the account, and this is a test.',
      hint: 'Start it otherwise.',
    });
    expect(next).not.toHaveBeenCalled();
  });

  it('holds for people too', async () => {
    const call = callOf('create_workos_organization', { caller: PERSON });
    await expect(admit(() => READ_ONLY)(succeed('created'))(call)).rejects.toMatchObject({
      code: 'READ_ONLY',
    });
  });

  it.each(READERS)('admits %s, which only reads', async (name) => {
    await expect(admit(() => READ_ONLY)(succeed(name))(callOf(name))).resolves.toMatchObject({ ok: true });
    expect(allows(READ_ONLY, tools[name])).toBe(true);
  });

  it('leaves exactly one tool out', () => {
    expect(NAMES.filter((name) => !allows(READ_ONLY, tools[name]))).toEqual(['create_workos_organization']);
    expect(READERS).toHaveLength(9);
  });
});

it('admits every tool without a restriction', () => {
  expect(NAMES.filter((name) => !allows({}, tools[name]))).toEqual([]);
});

it('is read at each call, so that a change holds from the next call on', async () => {
  let policy: Policy = {};
  const through = admit(() => policy)(succeed('created'));
  const call = callOf('create_workos_organization');
  await expect(through(call)).resolves.toMatchObject({ ok: true });
  policy = READ_ONLY;
  await expect(through(call)).rejects.toMatchObject({ code: 'READ_ONLY' });
});

describe('a yes that comes late', () => {
  const asking: Next = async ({ confirm }) => ({
    ok: true,
    draft: { value: (await confirm?.('Sure?')) === true ? 'created' : 'left alone' },
  });

  it.each([
    ['does not count when writes are not allowed any more', READ_ONLY, true, 'READ_ONLY'],
    ['counts while they are', {}, true, 'created'],
    ['and a no is a no', READ_ONLY, false, 'left alone'],
  ])('%s', async (_what, later, answer, ending) => {
    let policy: Policy = {};
    const confirm = async () => {
      policy = later;
      return answer;
    };
    const outcome = await admit(() => policy)(asking)(callOf('create_workos_organization', { confirm })).then(
      (ended) => ended.ok && ended.draft.value,
      (error: AppError) => error.code,
    );
    expect(outcome).toBe(ending);
  });
});
