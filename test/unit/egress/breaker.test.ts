import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Breaker, createBreaker } from '../../../src/egress/breaker.ts';
import { useFakeTime } from '../shared/fake-time.ts';

const DOWN = { code: 'UPSTREAM_ERROR', message: 'WorkOS answered with HTTP 503.' } as const;
let breaker: Breaker;
useFakeTime();
beforeEach(() => (breaker = createBreaker({ failures: 5, pauseMs: 10_000 })));

const fail = (times: number) => {
  for (let time = 0; time < times; time += 1) breaker.enter().failed(DOWN);
};

describe('a breaker', () => {
  it('keeps requests back after five failures in a row, and says for how long', () => {
    fail(4);
    const fifth = breaker.enter();
    fifth.failed(DOWN);
    vi.advanceTimersByTime(2_500);
    expect(() => breaker.enter()).toThrow(
      expect.objectContaining({
        code: 'UPSTREAM_ERROR',
        message:
          'WorkOS failed 5 times in a row; asking again in 8 s. The last time: WorkOS answered with HTTP 503.',
        hint: 'Wait 8 s, then make the call again.',
      }),
    );
  });

  it('counts failures in a row only', () => {
    fail(4);
    breaker.enter().answered();
    fail(4);
    expect(() => breaker.enter()).not.toThrow();
  });

  it('does not count what was given up', () => {
    fail(4);
    for (let time = 0; time < 9; time += 1) breaker.enter().givenUp();
    fail(1);
    expect(() => breaker.enter()).toThrow('5 times in a row');
  });

  it('lets one request at a time try after the pause', () => {
    fail(5);
    vi.advanceTimersByTime(10_000);
    const trial = breaker.enter();
    expect(() => breaker.enter()).toThrow('asking again in 1 s');
    trial.answered();
    breaker.enter().answered();
    breaker.enter().answered();
  });

  it('pauses anew when the trial fails', () => {
    fail(5);
    vi.advanceTimersByTime(10_000);
    breaker.enter().failed(DOWN);
    expect(() => breaker.enter()).toThrow('6 times in a row; asking again in 10 s');
    vi.advanceTimersByTime(10_000);
    breaker.enter().answered();
    expect(() => breaker.enter()).not.toThrow();
  });

  it('lets the next one try when the trial is given up', () => {
    fail(5);
    vi.advanceTimersByTime(10_000);
    breaker.enter().givenUp();
    expect(() => breaker.enter()).not.toThrow();
  });

  it('closes when one that was under way gets its answer', () => {
    const slow = breaker.enter();
    fail(5);
    slow.answered();
    expect(() => breaker.enter()).not.toThrow();
  });
});
