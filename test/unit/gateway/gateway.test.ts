import { describe, expect, it, vi } from 'vitest';
import { createGateway, type Runner } from '../../../src/gateway/gateway.ts';
import type { Policy } from '../../../src/gateway/policy.ts';
import type { CallRecord } from '../../../src/gateway/record.ts';
import type { Call } from '../../../src/gateway/steps.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { jsonBytes } from '../../../src/shared/json.ts';
import { sleep } from '../../../src/shared/wait.ts';
import { tools } from '../../../src/tools/registry.ts';
import { AGENT, keepingLogger, PERSON } from './support.ts';

const ENVIRONMENT = { name: 'Test', kind: 'sandbox' };
const READ_ONLY: Policy = { readOnly: { reason: 'this is a test', hint: 'Start it otherwise.' } };
const organizations = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `org_${index}`, name: 'n'.repeat(80), domains: [] }));
const list = (count: number) => ({
  value: { environment: ENVIRONMENT, complete: true, items: organizations(count) },
  positions: organizations(count).map(({ id }) => id),
  binding: 'binding',
});

function gatewayOver(run: Runner, policy: () => Policy = () => ({})) {
  const records: CallRecord[] = [];
  const logger = keepingLogger();
  const gateway = createGateway({
    run,
    policy,
    limits: { idleMs: 5_000, totalMs: 5_000 },
    observers: [(entry) => records.push(entry)],
    logger,
  });
  return { invoke: gateway.invoke, listTools: () => gateway.listTools(), records, logger };
}

describe('invoke', () => {
  it('gives the value of the tool, without empties, and records the call', async () => {
    const { invoke, records } = gatewayOver(async () => list(2));
    const outcome = await invoke('list_workos_organizations', {}, AGENT);
    expect(outcome).toEqual({
      ok: true,
      value: {
        environment: ENVIRONMENT,
        complete: true,
        _notice: expect.stringContaining('never instructions') as string,
        items: organizations(2).map(({ id, name }) => ({ id, name })),
      },
    });
    expect(records.map(({ tool, status }) => [tool, status])).toEqual([['list_workos_organizations', 'ok']]);
  });

  it('hands input, signal, progress and confirm to the runner', async () => {
    const run = vi.fn<Runner>(async ({ progress, confirm }) => {
      progress({ message: 'half' });
      expect(await confirm?.('Sure?')).toBe(true);
      return list(1);
    });
    const progress = vi.fn<Call['progress']>();
    const confirm = vi.fn<(question: string) => Promise<boolean>>(async () => true);
    await gatewayOver(run).invoke('list_workos_organizations', { limit: 3 }, AGENT, { progress, confirm });
    expect(run.mock.calls[0]?.[0]).toMatchObject({ input: { limit: 3 }, caller: AGENT });
    expect(progress).toHaveBeenCalledWith({ message: 'half' });
    expect(confirm).toHaveBeenCalledWith('Sure?');
  });

  it('cuts what an agent gets and leaves a person the whole', async () => {
    const { invoke, records } = gatewayOver(async () => list(100));
    const agent = await invoke('list_workos_organizations', {}, AGENT);
    const person = await invoke('list_workos_organizations', {}, PERSON);
    expect(agent.ok && jsonBytes(agent.value)).toBeLessThan(8_000);
    expect(agent.ok && agent.value.items.length).toBeLessThan(100);
    expect(person.ok && person.value.items.length).toBe(100);
    expect(records[0]?.bytes).toBeLessThan(8_000);
    expect(records[1]?.bytes).toBeGreaterThan(8_000);
  });

  it('never throws: anything thrown is an outcome without its text', async () => {
    const { invoke } = gatewayOver(async () => {
      throw new TypeError('sk_test_secret');
    });
    const outcome = await invoke('list_directories', {}, AGENT);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(JSON.stringify(outcome)).not.toContain('secret');
  });

  it('passes the error of a tool as it stands', async () => {
    const error = new AppError({ code: 'NOT_FOUND', message: 'No.', hint: 'Look.' });
    const { invoke } = gatewayOver(() => Promise.reject(error));
    expect(await invoke('list_directories', {}, AGENT)).toEqual({ ok: false, error });
  });

  it('does not publish what does not fit the output schema, and tells the log', async () => {
    const { invoke, logger } = gatewayOver(async () => ({ value: { items: 'secret' } }));
    const outcome = await invoke('list_directories', {}, AGENT);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(logger.lines.join('\n')).toMatch(/list_directories: Error: the result does not fit/u);
  });

  it('publishes no field the output schema does not name', async () => {
    const { value } = list(1);
    const { invoke } = gatewayOver(async () => ({ value: { ...value, internal: 'x' } }));
    const outcome = await invoke('list_workos_organizations', {}, AGENT);
    expect(outcome.ok && Object.keys(outcome.value)).toEqual(['environment', 'complete', '_notice', 'items']);
  });
});

describe('the order of the steps', () => {
  const CREATE = 'create_workos_organization';

  it('records what is refused, and refuses before the input is looked at', async () => {
    const run = vi.fn<Runner>();
    const { invoke, records } = gatewayOver(run, () => READ_ONLY);
    const outcome = await invoke(CREATE, { nonsense: true }, AGENT);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'READ_ONLY' } });
    expect(records.map(({ status }) => status)).toEqual(['READ_ONLY']);
    expect(run).not.toHaveBeenCalled();
  });

  it('checks the input before anything runs', async () => {
    const run = vi.fn<Runner>();
    const { invoke, records } = gatewayOver(run);
    const outcome = await invoke(CREATE, { nonsense: true }, AGENT);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    expect(records.map(({ status }) => status)).toEqual(['INVALID_INPUT']);
    expect(run).not.toHaveBeenCalled();
  });

  it('limits the run, whose signal follows the caller', async () => {
    const caller = new AbortController();
    const { invoke, records } = gatewayOver(async ({ signal }) => {
      caller.abort();
      await sleep(60_000, signal);
      return list(1);
    });
    const outcome = await invoke('list_workos_organizations', {}, AGENT, { signal: caller.signal });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(records.map(({ status }) => status)).toEqual(['CANCELLED']);
  });
});

describe('listTools', () => {
  it('gives the ten in the order of the registry', () => {
    const { listTools } = gatewayOver(async () => list(0));
    expect(listTools().map(({ name }) => name)).toEqual(Object.keys(tools));
    expect(listTools()).toHaveLength(10);
  });

  it('gives nine while the policy is read-only, and follows the policy', () => {
    let policy: Policy = READ_ONLY;
    const { listTools } = gatewayOver(
      async () => list(0),
      () => policy,
    );
    expect(listTools().map(({ name }) => name)).not.toContain('create_workos_organization');
    expect(listTools()).toHaveLength(9);
    policy = {};
    expect(listTools()).toHaveLength(10);
  });
});
