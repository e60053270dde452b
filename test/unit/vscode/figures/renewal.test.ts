import { afterEach, expect, it } from 'vitest';
import { Renewal } from '../../../../src/vscode/figures/renewal.ts';

let renewal: Renewal;
afterEach(() => renewal.dispose());

it('what is seen is renewed, one at a time, what is not seen is left, and what is closed ends it', async () => {
  let shown: 'seen' | 'open' | 'closed' = 'seen';
  let looks = 0;
  let renewed = 0;
  let finish: (() => void) | undefined;
  renewal = new Renewal({
    renew: () => {
      renewed += 1;
      return new Promise((done) => (finish = done));
    },
    shown: () => {
      looks += 1;
      return shown;
    },
    everyMs: 1,
  });
  const ticks = async () => {
    const before = looks;
    await expect.poll(() => looks, { interval: 1 }).toBeGreaterThan(before + 2);
  };
  renewal.start();
  renewal.start();
  await ticks();
  expect(renewed).toBe(1);
  finish?.();
  await expect.poll(() => renewed, { interval: 1 }).toBe(2);
  shown = 'open';
  finish?.();
  await ticks();
  expect(renewed).toBe(2);
  expect(renewal.runs).toBe(true);
  shown = 'closed';
  await expect.poll(() => renewal.runs, { interval: 1 }).toBe(false);
  renewal.start();
  expect(renewal.runs).toBe(true);
});
