import type { Invoke } from '../../../src/gateway/gateway.ts';
import { inProcess } from '../../../src/isolate/in-process.ts';
import { createRuntime } from '../../../src/runtime.ts';
import type { Bench } from '../tools/support.ts';

/** Calls on a running sample account as the extension makes them. */
export function invokeOn({ sandbox }: Bench): Invoke {
  const quiet = () => undefined;
  return createRuntime({
    account: { baseUrl: sandbox.url, apiKey: sandbox.apiKey, name: 'Sample account', kind: 'sandbox' },
    policy: () => ({}),
    limits: { idleMs: 30_000, totalMs: 120_000 },
    observers: [],
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    executor: inProcess,
  }).invoke;
}
