import { expect, it } from 'vitest';
import { closeTrail } from '../../../../src/vscode/audit/close-trail.ts';
import { startAccount } from '../../../support/account.ts';
import { newHome, recordsOf } from '../../audit/support.ts';
import { add, firstName, start } from '../account-window.ts';
import { windowTrail } from './support.ts';

it('a window that ends records the outcomes of its calls, then its end', async () => {
  const dir = newHome();
  const trail = windowTrail(dir);
  const window = start({ audit: trail.audit });
  const account = await startAccount();
  await add(window, account, 'Staging');
  account.faults.set({ kind: 'latency', ms: 300 });
  const call = firstName(window);
  await expect.poll(() => account.requests.count()).toBe(1);
  await closeTrail(trail, window.accounts);
  expect(recordsOf(dir).map(({ kind }) => kind)).toEqual(['start', 'intent', 'outcome', 'stop']);
  await call;
});
