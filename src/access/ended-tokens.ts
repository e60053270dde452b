import type { StateDir } from './state-dir.ts';
import { stopBefore } from './switch-file.ts';
import { readTokens, statusOf } from './token-file.ts';

/** How many connection tokens the stop that holds has revoked; 0 where that can't be known. Disabled ones count: they could have been enabled. */
export function tokensEndedByStop(dir: StateDir, now = Date.now()): number {
  try {
    const before = stopBefore(dir);
    if (before === undefined) return 0;
    const status = readTokens(dir).map((entry) => statusOf(entry, { now, lastStop: before }));
    return status.filter((each) => each === 'active' || each === 'disabled').length;
  } catch {
    return 0;
  }
}
