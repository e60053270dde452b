import { LockRefusal, requireLocked } from '../lock/check.ts';
import type { Verdict } from './finding.ts';

/** Compares what this build offers with the lockfile inside it, and with a pinned one. */
export function checkLock(pinned: string | undefined): Verdict {
  try {
    requireLocked({ pinned });
    const beside = pinned === undefined ? 'the lockfile it was made with' : `it and ${pinned}`;
    return { status: 'ok', found: `this build offers what ${beside} says` };
  } catch (thrown) {
    if (!(thrown instanceof LockRefusal)) throw thrown;
    const { message, changes, file } = thrown;
    return {
      status: 'fail',
      found: [message, ...changes].join(' '),
      fix:
        file === undefined
          ? 'Install it again from where you trust it.'
          : `To accept what this build offers: workos-mcp lock --file ${JSON.stringify(file)}`,
    };
  }
}
