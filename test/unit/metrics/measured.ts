import { afterAll } from 'vitest';
import type { Caller } from '../../../src/gateway/caller.ts';
import type { Gateway } from '../../../src/gateway/gateway.ts';
import { Meter, type MeterOptions } from '../../../src/metrics/meter.ts';
import { DEFAULT_PRICES } from '../../../src/metrics/prices.ts';
import { ESTIMATING } from '../../../src/metrics/tokens.ts';
import { inProcess } from '../../../src/isolate/in-process.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';

export const AGENT: Caller = { kind: 'agent', session: 's', client: { name: 'claude-code', version: '1' } };
export const PERSON: Caller = { kind: 'person', surface: 'terminal' };

const open = new Set<Sandbox>();
afterAll(async () => {
  await Promise.all([...open].map((sandbox) => sandbox.close()));
});

/** A gateway on a sample account of its own, over real HTTP, with a meter on it. */
export async function startMeasured(
  options: Partial<MeterOptions> = {},
): Promise<{ gateway: Gateway; meter: Meter; sandbox: Sandbox }> {
  const sandbox = await startSandbox();
  open.add(sandbox);
  const meter = new Meter({ process: '1-a', counter: ESTIMATING, prices: DEFAULT_PRICES, ...options });
  const quiet = () => undefined;
  const gateway = createRuntime({
    account: { baseUrl: sandbox.url, apiKey: sandbox.apiKey, name: 'Sample account', kind: 'sandbox' },
    policy: () => ({}),
    limits: { idleMs: 30_000, totalMs: 120_000 },
    observers: [meter.observe],
    executor: inProcess,
    approvals: { mode: () => 'never' },
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  return { gateway, meter, sandbox };
}
