import { describe, expect, it } from 'vitest';
import { runSteps, type Step, type StepEnd, type StepPlace } from '../../../../src/vscode/commands/steps.ts';

/** Steps that end as told, and what they were asked. */
function script(ends: Record<string, StepEnd[]>) {
  const asked: string[] = [];
  const places: StepPlace[] = [];
  const step = (id: string): Step => ({
    id,
    ask: async (place) => {
      asked.push(id);
      places.push(place);
      return ends[id]!.shift() ?? 'next';
    },
  });
  return { asked, places, step };
}

describe('runSteps', () => {
  it('goes through them and says where it is', async () => {
    const { asked, places, step } = script({ a: [], b: [] });
    expect(await runSteps(() => [step('a'), step('b')])).toBe(true);
    expect(asked).toEqual(['a', 'b']);
    expect(places).toEqual([
      { step: 1, totalSteps: 2, canGoBack: false },
      { step: 2, totalSteps: 2, canGoBack: true },
    ]);
  });

  it('goes back, and ends where the person gives up', async () => {
    const { asked, step } = script({ a: [], b: ['back', 'next'], c: ['back', 'cancel'] });
    expect(await runSteps(() => ['a', 'b', 'c'].map(step))).toBe(false);
    expect(asked).toEqual(['a', 'b', 'a', 'b', 'c', 'b', 'c']);
  });

  it.each(['next', 'back'] as const)('goes over to a named step, and returns after its %s', async (end) => {
    const { asked, step } = script({ a: [], b: ['next', end], c: [], d: [{ to: 'b' }, 'back'] });
    expect(await runSteps(() => ['a', 'b', 'c', 'd'].map(step))).toBe(true);
    expect(asked).toEqual(['a', 'b', 'c', 'd', 'b', 'd', 'c', 'd']);
  });

  it('takes up questions that an answer adds', async () => {
    const { asked, step, places } = script({ a: [], more: [], z: [] });
    const plan = () => (asked.length > 0 ? ['a', 'more', 'z'] : ['a', 'z']).map(step);
    await runSteps(plan);
    expect(asked).toEqual(['a', 'more', 'z']);
    expect(places.map(({ totalSteps }) => totalSteps)).toEqual([2, 3, 3]);
  });
});
