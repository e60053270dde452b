import { setTimeout as wait } from 'node:timers/promises';
import type { TokenGate } from '../../access/token-gate.ts';
import type { Accounts } from '../environments/accounts.ts';
import type { WindowTrail } from './window-trail.ts';

/** An editor that ends waits some five seconds in all. */
const CALLS_MS = 2_000;
const COUNTS_MS = 1_000;

/** Ends the calls of this window and whom it lets in, then its chain: outcomes and refused requests come before its end. */
export async function closeTrail(
  trail: Pick<WindowTrail, 'close'>,
  accounts: Pick<Accounts, 'close' | 'settled'>,
  gate: Pick<TokenGate, 'close'>,
): Promise<void> {
  await within(
    CALLS_MS,
    accounts.close().then(() => accounts.settled()),
  );
  await within(COUNTS_MS, gate.close());
  await trail.close();
}

/** Waits for the end of some work, good or bad, but no longer than this. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  await Promise.race([work.catch(() => undefined), wait(ms, undefined, { signal: over.signal })]);
  over.abort();
}
