import { expect, it } from 'vitest';
import type { OpenExecutor } from '../../../../src/isolate/executor.ts';
import { inProcess } from '../../../../src/isolate/in-process.ts';
import { startAccount } from '../../../support/account.ts';
import { add, firstName, start } from '../account-window.ts';

/** An executor whose end is seen. */
function watched() {
  const closed: string[] = [];
  const executor: OpenExecutor = (surroundings) => ({
    ...inProcess(surroundings),
    close: async () => void closed.push(surroundings.baseUrl),
  });
  return { closed, executor };
}

it('ends the process of an environment that is removed, once another one is used', async () => {
  const { closed, executor } = watched();
  const window = start({ executor });
  const [one, two] = [await startAccount(), await startAccount()];
  const first = await add(window, one, 'One');
  await firstName(window);
  await window.environments.remove(first.id);
  await add(window, two, 'Two');
  await firstName(window);
  await expect.poll(() => closed).toEqual([one.url]);
});

it('ends the process of a key that was replaced, after the calls that run in it', async () => {
  const { closed, executor } = watched();
  const window = start({ executor });
  const one = await startAccount();
  const { id } = await add(window, one, 'One');
  await firstName(window);
  one.faults.set({ kind: 'latency', ms: 300, times: 1 });
  const slow = firstName(window);
  await window.environments.setKey(id, 'sk_test_other');
  expect(await firstName(window)).toBe('INVALID_API_KEY');
  expect(await slow).toBe('Acme Corp');
  await expect.poll(() => closed).toEqual([one.url]);
});

it('ends every process with the window', async () => {
  const { closed, executor } = watched();
  const window = start({ executor });
  const one = await startAccount();
  await add(window, one, 'One');
  await firstName(window);
  await window.accounts.close();
  expect(closed).toEqual([one.url]);
});
