import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/shared/errors.ts';
import { abortable, abortError, sleep } from '../../../src/shared/wait.ts';

let controller: AbortController;
beforeEach(() => {
  controller = new AbortController();
});
const listeners = () => getEventListeners(controller.signal, 'abort').length;

describe('abortError', () => {
  it('passes our own reasons', () => {
    const reason = new AppError({ code: 'TIMEOUT', message: 'Late.' });
    controller.abort(reason);
    expect(abortError(controller.signal)).toBe(reason);
  });

  it('makes CANCELLED of any other, and keeps it as the cause', () => {
    controller.abort('went away');
    expect(abortError(controller.signal)).toMatchObject({ code: 'CANCELLED', cause: 'went away' });
  });
});

describe('abortable', () => {
  it('gives what the work gives and stops listening', async () => {
    await expect(abortable(Promise.resolve(7), controller.signal)).resolves.toBe(7);
    expect(listeners()).toBe(0);
  });

  it('fails as the work fails and stops listening', async () => {
    const failure = new Error('broken');
    await expect(abortable(Promise.reject(failure), controller.signal)).rejects.toBe(failure);
    expect(listeners()).toBe(0);
  });

  it('fails at once on abort, though the work never ends', async () => {
    const waiting = abortable(Promise.withResolvers<void>().promise, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(listeners()).toBe(0);
  });

  it('fails when it was aborted before', async () => {
    controller.abort();
    const waiting = abortable(Promise.withResolvers<void>().promise, controller.signal);
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('gives the reason of the abort rather than how the work took it', async () => {
    const work = Promise.withResolvers<void>();
    const reason = new AppError({ code: 'TIMEOUT', message: 'Late.' });
    controller.signal.addEventListener('abort', () => work.reject(new Error('socket closed')));
    const waiting = abortable(work.promise, controller.signal);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });

  it('leaves no unhandled rejection behind when the work fails after the abort', async () => {
    const unhandled = vi.fn<(reason: unknown) => void>();
    process.on('unhandledRejection', unhandled);
    const work = Promise.withResolvers<void>();
    const waiting = abortable(work.promise, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    work.reject(new Error('too late'));
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

describe('sleep', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('ends after its time and not before', async () => {
    const woken = vi.fn<() => void>();
    const sleeping = sleep(1_000, controller.signal).then(woken);
    await vi.advanceTimersByTimeAsync(999);
    expect(woken).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await sleeping;
    expect(woken).toHaveBeenCalledOnce();
  });

  it('is broken off by an abort and leaves no timer', async () => {
    const sleeping = sleep(1_000, controller.signal);
    expect(vi.getTimerCount()).toBe(1);
    controller.abort();
    await expect(sleeping).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(vi.getTimerCount()).toBe(0);
  });
});
