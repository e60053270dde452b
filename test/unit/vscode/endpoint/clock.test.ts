import { expect, it } from 'vitest';
import { onWake } from '../../../../src/vscode/endpoint/clock.ts';
import { HandClock } from '../hand-clock.ts';

const HOUR = 3_600_000;

it('tells when the machine has slept, once for each time', () => {
  const clock = new HandClock();
  const woken: number[] = [];
  const stop = onWake(() => void woken.push(clock.now()), clock);
  clock.pass(HOUR);
  expect(woken).toHaveLength(0);
  clock.sleep(HOUR);
  clock.pass(60_000);
  expect(woken).toHaveLength(1);
  clock.pass(HOUR);
  expect(woken).toHaveLength(1);
  clock.sleep(HOUR);
  clock.pass(60_000);
  expect(woken).toHaveLength(2);
  stop();
  expect(clock.waiting).toBe(0);
});
