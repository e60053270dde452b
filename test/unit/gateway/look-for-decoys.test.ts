import { expect, it, vi } from 'vitest';
import { createGateway } from '../../../src/gateway/gateway.ts';
import { FORMS, startHoneypot } from '../access/honeypot-bench.ts';
import { AGENT, keepingLogger, PERSON } from './support.ts';

const LIST = 'list_workos_organizations';

function gatewayWith() {
  const bench = startHoneypot();
  const ended: string[] = [];
  const logger = keepingLogger();
  const run = vi.fn<() => Promise<{ value: unknown }>>(async () => ({ value: {} }));
  const gateway = createGateway({
    run,
    policy: () => ({}),
    limits: { idleMs: 1_000, totalMs: 1_000 },
    observers: [({ status }, payload) => void (JSON.stringify(payload) && ended.push(status))],
    logger,
    killSwitch: bench.killSwitch,
    lookout: bench.lookout,
  });
  return { ...bench, ...gateway, run, ended, log: logger.lines };
}

it.each([
  ['an agent', AGENT, 'unit-test'],
  ['a person', PERSON, '(tree)'],
] as const)(
  'refuses a call of %s with a decoy in its arguments, and what comes after',
  async (_who, caller, name) => {
    const { invoke, decoys, sightings, run, ended } = gatewayWith();
    const outcome = await invoke(LIST, { search: decoys().token.text }, caller);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'STOPPED' } });
    expect(sightings).toEqual([{ decoy: 'token', where: `arguments of ${LIST}`, by: name }]);
    expect(await invoke(LIST, {}, caller)).toMatchObject({ ok: false, error: { code: 'STOPPED' } });
    expect(run).not.toHaveBeenCalled();
    expect(ended).toEqual(['STOPPED', 'STOPPED']);
  },
);

it.each([
  ['a field that no tool has', (text: string) => ({ made_up: [{ deep: text }] })],
  ['the name of a field', (text: string) => ({ [text]: 1 })],
  ['what is no object', (text: string) => text],
  [
    'arguments that are nested too deeply',
    (text: string) => JSON.parse(`${'['.repeat(100_000)}"${text}"${']'.repeat(100_000)}`) as unknown,
  ],
  ['a cursor', (text: string) => ({ cursor: FORMS['base64url in JSON']?.(text) })],
])('sees it in %s', async (_where, input) => {
  const { invoke, decoys, isStopped } = gatewayWith();
  await invoke(LIST, input(decoys().key.text), AGENT);
  expect(isStopped()).toBe(true);
});

it('sees it though the policy would refuse the call', async () => {
  const { invoke, decoys, isStopped } = gatewayWith();
  await invoke('create_workos_organization', { name: decoys().key.text, domains: 7 }, AGENT);
  expect(isStopped()).toBe(true);
});

it('refuses arguments that are nested too deeply to be looked at, and writes them nowhere', async () => {
  const { invoke, run, ended, log, isStopped } = gatewayWith();
  const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;
  for (const levels of [64, 100_000])
    expect(await invoke(LIST, { x: nested(levels) }, AGENT)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', message: expect.stringContaining('nested deeper than 64 levels') },
    });
  expect(await invoke(LIST, { x: nested(63) }, AGENT)).toMatchObject({
    error: { code: 'INVALID_INPUT', message: 'unknown argument x' },
  });
  expect(run).not.toHaveBeenCalled();
  expect(ended).toEqual(Array.from({ length: 3 }, () => 'INVALID_INPUT'));
  expect(log).toEqual([]);
  expect(isStopped()).toBe(false);
});
