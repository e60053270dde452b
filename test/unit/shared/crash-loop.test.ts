import { describe, expect, it } from 'vitest';
import { CrashLoop } from '../../../src/shared/crash-loop.ts';

const SECOND = 1_000;

/** A loop by a clock that is set by hand, in seconds. */
function loopAt() {
  const clock = { seconds: 0 };
  const loop = new CrashLoop({}, () => clock.seconds * SECOND);
  const ended = (seconds: number) => {
    clock.seconds = seconds;
    return loop.ended() / SECOND;
  };
  return { loop, clock, ended };
}

describe('what ends', () => {
  it('five times within a minute waits for half a minute', () => {
    const { loop, clock, ended } = loopAt();
    expect([0, 10, 20, 30].map(ended)).toEqual([0, 0, 0, 0]);
    expect(loop.waitMs()).toBe(0);
    expect(ended(59)).toBe(30);
    expect(loop.waitMs()).toBe(30 * SECOND);
    clock.seconds = 88;
    expect(loop.waitMs()).toBe(SECOND);
    clock.seconds = 90;
    expect(loop.waitMs()).toBe(0);
  });

  it('now and then does not', () => {
    const { ended } = loopAt();
    expect([0, 16, 32, 48, 64, 80, 96].map(ended)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('again soon after a pause waits twice as long, up to eight minutes; after that it starts over', () => {
    const { ended } = loopAt();
    expect([0, 1, 2, 3, 4].map(ended).at(-1)).toBe(30);
    expect(ended(40)).toBe(60);
    expect(ended(110)).toBe(120);
    expect(ended(240)).toBe(240);
    expect(ended(500)).toBe(480);
    expect(ended(1_000)).toBe(480);
    expect([2_000, 2_001, 2_002, 2_003, 2_004].map(ended)).toEqual([0, 0, 0, 0, 30]);
  });
});
