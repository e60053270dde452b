import { expect, it } from 'vitest';
import { inProcess } from '../../../src/isolate/in-process.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { startAccount } from '../../support/account.ts';
import { AGENT, keepingLogger } from './support.ts';

async function open() {
  const account = await startAccount();
  const logger = keepingLogger();
  const calls = new Map<string, number>();
  const { invoke } = createRuntime({
    account: { baseUrl: account.url, apiKey: account.apiKey, name: 'Sample', kind: 'sandbox' },
    policy: () => ({}),
    limits: { idleMs: 5_000, totalMs: 5_000 },
    observers: [({ tool, call }) => void calls.set(tool, call)],
    logger,
    executor: inProcess,
  });
  return { faults: account.faults, logger, calls, invoke };
}

it('is on every line of the log that is written for the call', async () => {
  const { faults, logger, calls, invoke } = await open();
  faults.set({ kind: 'status', status: 503, times: 1, match: ({ path }) => path === '/organizations' });
  const [retried, other] = await Promise.all([
    invoke('list_workos_organizations', {}, AGENT),
    invoke('list_directories', {}, AGENT),
  ]);
  expect([retried.ok, other.ok]).toEqual([true, true]);
  expect(new Set(calls.values()).size).toBe(2);
  const number = calls.get('list_workos_organizations');
  expect(logger.lines.filter((line) => line.startsWith('info'))).toEqual([
    expect.stringMatching(new RegExp(`^info #${number} GET /organizations: trying again`, 'u')),
  ]);
});

it('is another one in another gateway of the process', async () => {
  const [one, two] = [await open(), await open()];
  await one.invoke('list_directories', {}, AGENT);
  await two.invoke('list_directories', {}, AGENT);
  const tool = 'list_directories';
  expect(one.calls.get(tool)).toBeGreaterThan(0);
  expect(one.calls.get(tool)).not.toBe(two.calls.get(tool));
});
