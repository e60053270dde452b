import { describe, expect, it, vi } from 'vitest';
import type { Runner } from '../../../src/gateway/gateway.ts';
import { redact } from '../../../src/gateway/redact.ts';
import type { Call } from '../../../src/gateway/steps.ts';
import { PROFILES } from '../../../src/privacy/policy.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { jsonBytes } from '../../../src/shared/json.ts';
import { gatewayOver, head, HIDDEN, LIST, page, SSN } from './leaky.ts';
import { AGENT, callOf, PERSON, succeed } from './support.ts';

describe('a result', () => {
  it('has covered values for an agent, says how many, and keeps its cursor', async () => {
    const { invoke } = gatewayOver(async () => page(2, { [SSN]: 'a' }));
    expect(await invoke(LIST, {}, AGENT)).toEqual({
      ok: true,
      value: {
        ...head,
        _notice: expect.stringContaining('never instructions') as string,
        redacted: { ssn: 4 },
        items: [0, 1].map((index) => ({
          id: `directory_user_${index}`,
          name: HIDDEN,
          custom_attributes: { [HIDDEN]: 'a' },
        })),
        next_cursor: `cursor ${SSN}`,
      },
    });
  });

  it('is whole for a person, unless they ask for what an agent sees', async () => {
    const { invoke, records } = gatewayOver(async () => page(1));
    const open = await invoke(LIST, {}, PERSON);
    expect(open.ok && open.value).toMatchObject({ items: [{ name: SSN }] });
    expect(open.ok && open.value.redacted).toBeUndefined();
    expect(records[0]).not.toHaveProperty('covered');
    const covered = await invoke(LIST, {}, PERSON, { redacted: true });
    expect(covered.ok && covered.value).toMatchObject({ redacted: { ssn: 1 }, items: [{ name: HIDDEN }] });
  });

  it('can not be had open by an agent who asks for it', async () => {
    const { invoke } = gatewayOver(async () => page(1));
    expect(JSON.stringify(await invoke(LIST, {}, AGENT, { redacted: false }))).toContain(HIDDEN);
    const step = redact(() => PROFILES.balanced)(succeed(page(1).value));
    expect(JSON.stringify(await step(callOf(LIST, { redacted: false })))).toContain(HIDDEN);
  });

  it('says nothing where nothing was covered', async () => {
    const { invoke, records } = gatewayOver(async () => ({
      value: { ...head, items: [{ id: 'directory_user_1' }] },
    }));
    expect(await invoke(LIST, {}, AGENT)).toEqual({
      ok: true,
      value: { ...head, items: [{ id: 'directory_user_1' }] },
    });
    expect(records[0]).not.toHaveProperty('covered');
  });

  it('fits the budget with its masks, which are longer, and counts those in the rows shown', async () => {
    const metadata = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`k${index}`, SSN]));
    const { invoke, records } = gatewayOver(async () => page(100, metadata));
    const outcome = await invoke(LIST, {}, AGENT);
    if (!outcome.ok) throw outcome.error;
    const { items, redacted, complete } = outcome.value;
    expect(jsonBytes(outcome.value)).toBeLessThan(8_000);
    expect(items.length).toBeLessThan(100);
    expect(items.length).toBeGreaterThan(10);
    expect({ redacted, complete }).toEqual({ redacted: { ssn: items.length * 9 }, complete: false });
    expect(records[0]?.covered).toEqual([
      { path: 'items.*.name', kind: 'ssn', count: 100 },
      { path: 'items.*.custom_attributes.*', kind: 'ssn', count: 800 },
    ]);
  });

  it('follows the policy from the next call on', async () => {
    let profile: keyof typeof PROFILES = 'off';
    const { invoke } = gatewayOver(
      async () => page(1),
      () => PROFILES[profile],
    );
    expect(JSON.stringify(await invoke(LIST, {}, AGENT))).not.toContain(HIDDEN);
    profile = 'strict';
    expect(JSON.stringify(await invoke(LIST, {}, AGENT))).toContain(HIDDEN);
  });

  it('has the same paths in a section as in the whole', async () => {
    const privacy = () => ({
      ...PROFILES.off,
      paths: [
        { path: 'metadata.salary', mode: 'mask' as const },
        { path: 'connections.*.name', mode: 'mask' as const },
      ],
    });
    const tool = 'get_organization_details';
    const read = async (value: object) => {
      const { invoke, records } = gatewayOver(async () => ({ value: { ...head, ...value } }), privacy);
      const outcome = await invoke(tool, { organization: 'x' }, AGENT);
      return { items: outcome.ok && outcome.value.items, covered: records[0]?.covered };
    };
    const items = [
      { key: 'salary', value: '100' },
      { key: 'city', value: 'Berlin' },
    ];
    expect(await read({ section: 'metadata', items })).toEqual({
      items: [{ key: 'salary', value: '[redacted:field]' }, items[1]],
      covered: [{ path: 'metadata.*', kind: 'field', count: 1 }],
    });
    expect(await read({ section: 'connections', items: [{ id: 'conn_1', name: 'x' }] })).toEqual({
      items: [{ id: 'conn_1', name: '[redacted:field]' }],
      covered: [{ path: 'connections.*.name', kind: 'field', count: 1 }],
    });
    expect((await read({ metadata: { salary: '100' } })).covered).toEqual([
      { path: 'metadata.*', kind: 'field', count: 1 },
    ]);
  });
});

describe('what is said besides', () => {
  const chatty: Runner = async ({ progress, confirm }) => {
    progress({ message: `Reading ${SSN}`, done: 1, total: 2 });
    if (!(await confirm?.(`Sure about ${SSN}?`)))
      throw new AppError({ code: 'DECLINED', message: `No ${SSN}.`, hint: `Ask ${SSN}.` });
    return page(0);
  };
  const options = () => ({
    progress: vi.fn<Call['progress']>(),
    confirm: vi.fn<(question: string) => Promise<boolean>>(async () => false),
  });

  it('is covered for an agent: progress, questions, errors', async () => {
    const given = options();
    const outcome = await gatewayOver(chatty).invoke(LIST, {}, AGENT, given);
    expect(given.progress).toHaveBeenCalledWith({ message: `Reading ${HIDDEN}`, done: 1, total: 2 });
    expect(given.confirm).toHaveBeenCalledWith(`Sure about ${HIDDEN}?`);
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'DECLINED', message: `No ${HIDDEN}.`, hint: `Ask ${HIDDEN}.` },
    });
  });

  it('is whole for a person', async () => {
    const given = options();
    const outcome = await gatewayOver(chatty).invoke(LIST, {}, PERSON, given);
    expect(given.progress).toHaveBeenCalledWith({ message: `Reading ${SSN}`, done: 1, total: 2 });
    expect(given.confirm).toHaveBeenCalledWith(`Sure about ${SSN}?`);
    expect(outcome).toMatchObject({ ok: false, error: { message: `No ${SSN}.` } });
  });

  it('is covered in errors made before the tool runs', async () => {
    const outcome = await gatewayOver(chatty).invoke(LIST, { [SSN]: 1 }, AGENT);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    expect(JSON.stringify(outcome)).toContain(HIDDEN);
    expect(JSON.stringify(outcome)).not.toContain(SSN);
  });

  it('keeps the cause of an error for the log', async () => {
    const cause = new TypeError('why');
    const error = new AppError({ code: 'INTERNAL', message: SSN }, { cause });
    const { invoke, logger } = gatewayOver(() => Promise.reject(error));
    expect(await invoke(LIST, {}, AGENT)).toMatchObject({ ok: false, error: { message: HIDDEN, cause } });
    expect(logger.lines).toEqual([expect.stringContaining('TypeError: why')]);
  });
});
