import { StateError } from '../../access/state-error.ts';

/** Waits for an editor's answer so many milliseconds at most. One that comes late, or fails, is a StateError with this reason. */
export async function inTime<T>(ask: () => PromiseLike<T>, ms: number, reason: string): Promise<T> {
  const { promise: over, resolve } = Promise.withResolvers<'over'>();
  const timer = setTimeout(() => resolve('over'), ms);
  try {
    const answer = Promise.resolve(ask()).then((value) => ({ value }));
    const first = await Promise.race([answer, over]);
    if (first !== 'over') return first.value;
  } catch (cause) {
    throw new StateError(reason, { cause });
  } finally {
    clearTimeout(timer);
  }
  throw new StateError(reason);
}
