import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Gateway } from '../../../src/gateway/gateway.ts';
import { inProcess } from '../../../src/isolate/in-process.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { AppError, type ErrorCode } from '../../../src/shared/errors.ts';
import { jsonBytes } from '../../../src/shared/json.ts';
import { AGENT, keepingLogger } from '../gateway/support.ts';
import { expectHarmless } from '../../support/attacks.ts';
import { type GeneratedCall, generateCalls } from './generated-inputs.ts';

const CALLS = 10_000;
const AT_ONCE = 20;
/** What a call with a wrong input may come to. Anything else is a fault of ours, INTERNAL most of all. */
const EXPECTED: readonly ErrorCode[] = [
  'INVALID_INPUT',
  'INVALID_CURSOR',
  'NOT_FOUND',
  'AMBIGUOUS',
  'CONFLICT',
];

/** Several, because each allows 6,000 requests a minute only. */
const ACCOUNTS = 4;
const open: { sandbox: Sandbox; gateway: Gateway }[] = [];
const logger = keepingLogger();
beforeAll(async () => {
  for (let account = 0; account < ACCOUNTS; account += 1) open.push(await openAccount());
});
afterAll(() => Promise.all(open.map(({ sandbox }) => sandbox.close())));

async function openAccount() {
  const sandbox = await startSandbox();
  sandbox.faults.exportDelayMs = 0;
  const gateway = createRuntime({
    account: { baseUrl: sandbox.url, apiKey: sandbox.apiKey, name: 'Sample account', kind: 'sandbox' },
    policy: () => ({}),
    limits: { idleMs: 30_000, totalMs: 60_000 },
    observers: [],
    logger,
    executor: inProcess,
    approvals: { mode: () => 'never' },
  });
  return { sandbox, gateway };
}

async function outcomeOf({ tool, input }: GeneratedCall, place: number): Promise<string> {
  const { gateway } = open[place % ACCOUNTS]!;
  const outcome = await gateway.invoke(tool, input, AGENT);
  const answer = outcome.ok ? outcome.value : outcome.error;
  expectHarmless(JSON.stringify(answer));
  expect(jsonBytes(answer)).toBeLessThan(8_000);
  if (outcome.ok) return 'ok';
  expect(outcome.error).toBeInstanceOf(AppError);
  expect(outcome.error.hint ?? '').not.toBe('');
  return outcome.error.code;
}

async function run(calls: readonly GeneratedCall[]): Promise<string[]> {
  const outcomes: string[] = [];
  for (let start = 0; start < calls.length; start += AT_ONCE) {
    outcomes.push(...(await Promise.all(calls.slice(start, start + AT_ONCE).map(outcomeOf))));
  }
  return outcomes;
}

it('10,000 generated inputs end in a result or in an error that says what is wrong', async () => {
  const calls = generateCalls(20_261_123, CALLS);
  const outcomes = await run(calls);
  const odd = outcomes.flatMap((outcome, place) =>
    outcome === 'ok' || EXPECTED.some((code) => code === outcome) ? [] : [{ outcome, ...calls[place] }],
  );
  expect(odd.slice(0, 3)).toEqual([]);
  expect(logger.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  // Each tool was reached by some inputs, and refused others.
  for (const tool of new Set(calls.map((call) => call.tool))) {
    const ended = outcomes.filter((_, place) => calls[place]?.tool === tool);
    expect({ tool, refused: ended.filter((outcome) => outcome === 'INVALID_INPUT').length > 100 }).toEqual({
      tool,
      refused: true,
    });
    expect({ tool, reached: ended.filter((outcome) => outcome !== 'INVALID_INPUT').length > 50 }).toEqual({
      tool,
      reached: true,
    });
  }
}, 120_000);

it('are the same for the same seed, and so is what they come to', async () => {
  const [calls, again, other] = [generateCalls(7, 300), generateCalls(7, 300), generateCalls(8, 300)];
  expect(again).toEqual(calls);
  expect(other).not.toEqual(calls);
  const reads = calls.filter(({ tool }) => tool !== 'create_workos_organization');
  expect(await run(reads)).toEqual(await run(reads));
}, 60_000);
