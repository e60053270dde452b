import { setTimeout as wait } from 'node:timers/promises';
import type { Accounts } from '../environments/accounts.ts';
import type { WindowTrail } from './window-trail.ts';

/** An editor that ends waits some five seconds in all. */
const CALLS_MS = 2_000;

/** Ends the calls of this window, then its chain: their outcomes come before its end. */
export async function closeTrail(
  trail: Pick<WindowTrail, 'close'>,
  accounts: Pick<Accounts, 'close' | 'settled'>,
): Promise<void> {
  const over = new AbortController();
  const ended = accounts.close().then(() => accounts.settled());
  await Promise.race([ended.catch(() => undefined), wait(CALLS_MS, undefined, { signal: over.signal })]);
  over.abort();
  await trail.close();
}
