import { expect, it } from 'vitest';
import { compose, type Step } from '../../../src/gateway/steps.ts';
import { callOf, succeed } from './support.ts';

it('chains steps in reading order, the first outermost', async () => {
  const seen: string[] = [];
  const step =
    (name: string): Step =>
    (next) =>
    async (call) => {
      seen.push(`${name} in`);
      const outcome = await next(call);
      seen.push(`${name} out`);
      return outcome;
    };
  const outcome = await compose([step('a'), step('b')], succeed('done'))(callOf());
  expect(seen).toEqual(['a in', 'b in', 'b out', 'a out']);
  expect(outcome).toEqual({ ok: true, draft: { value: 'done' } });
});

it('lets a step hand on another call, and answer without the next', async () => {
  const renamed: Step = (next) => (call) => next({ ...call, input: 'changed' });
  const through = compose([renamed], async ({ input }) => ({ ok: true, draft: { value: input } }));
  await expect(through(callOf())).resolves.toEqual({ ok: true, draft: { value: 'changed' } });
  const stop: Step = () => succeed('early');
  await expect(compose([stop], () => Promise.reject(new Error('reached')))(callOf())).resolves.toEqual({
    ok: true,
    draft: { value: 'early' },
  });
});
