import { afterEach } from 'vitest';
import type { StateDir } from '../../../../src/access/state-dir.ts';
import {
  openWindowTrail,
  type WindowTrail,
  type WindowTrailOptions,
} from '../../../../src/vscode/audit/window-trail.ts';
import { storage } from '../support.ts';

const open: WindowTrail[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((trail) => trail.close()));
});

/** The trail of a window over a person's secrets, and what the person was told of it. Closed after the test. */
export function windowTrail(
  dir: StateDir,
  options: Partial<WindowTrailOptions> = {},
): WindowTrail & { readonly failures: string[]; readonly warnings: string[] } {
  const failures: string[] = [];
  const warnings: string[] = [];
  const trail = openWindowTrail({
    dir,
    secrets: storage().api.secrets,
    policy: () => ({ mode: 'test' }),
    warn: (message) => void warnings.push(message),
    failed: (reason) => void failures.push(reason),
    settleMs: 1,
    ...options,
  });
  open.push(trail);
  return Object.assign(trail, { failures, warnings });
}
