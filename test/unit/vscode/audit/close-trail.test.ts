import { expect, it } from 'vitest';
import { recordRefusals } from '../../../../src/audit/record-refusals.ts';
import { closeTrail } from '../../../../src/vscode/audit/close-trail.ts';
import { startAccount } from '../../../support/account.ts';
import { startTokens } from '../../access/tokens-bench.ts';
import { newHome, recordsOf } from '../../audit/support.ts';
import { add, firstName, start } from '../account-window.ts';
import { windowTrail } from './support.ts';

it('a window that ends records the outcomes of its calls and whom it refused, then its end', async () => {
  const dir = newHome();
  const trail = windowTrail(dir);
  const window = start({ audit: trail.audit });
  const account = await startAccount();
  await add(window, account, 'Staging');
  account.faults.set({ kind: 'latency', ms: 300 });
  const call = firstName(window);
  await expect.poll(() => account.requests.count()).toBe(1);
  const { gate: tokens } = startTokens().gate();
  const gate = recordRefusals(tokens, (why, count) => void trail.events.refused(why, count));
  for (let time = 0; time < 3; time += 1) gate.refused('unknown');
  await closeTrail(trail, window.accounts, gate);
  const records = recordsOf(dir).map(({ kind, body }) => [kind, body['details']]);
  const refused = (count: number) => ['event', { reason: 'unknown', count }];
  const [first, others] = [refused(1), refused(2)];
  expect(records.map(([kind]) => kind)).toEqual(['start', 'intent', 'event', 'outcome', 'event', 'stop']);
  expect(records.filter(([kind]) => kind === 'event')).toEqual([first, others]);
  await call;
});
