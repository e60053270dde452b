import { afterEach, beforeEach, vi } from 'vitest';

/** Plays the tests of a file on a fake clock; a test that leaves a timer behind fails. */
export function useFakeTime(): void {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    const left = vi.getTimerCount();
    vi.useRealTimers();
    if (left > 0) throw new Error(`${left} timers are left behind.`);
  });
}
