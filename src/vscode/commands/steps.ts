/** How a step ended: on to the next, back to the one before, over to a named one and then here again, or not at all. */
export type StepEnd = 'next' | 'back' | 'cancel' | { readonly to: string };

/** Where a step stands among the others. */
export interface StepPlace {
  readonly step: number;
  readonly totalSteps: number;
  /** False for the first one. */
  readonly canGoBack: boolean;
}

/** One question. It keeps its answer itself, so that nothing is lost on the way back. */
export interface Step {
  readonly id: string;
  ask(place: StepPlace): Promise<StepEnd>;
}

/**
 * Leads through questions, forth and back. The plan is made anew before each, so that an answer may add or remove
 * others. True when the last one has been answered, false when the person gave up.
 */
export async function runSteps(plan: () => readonly Step[]): Promise<boolean> {
  let index = 0;
  /** Where to return after a step that was gone over to. */
  let origin: string | undefined;
  for (;;) {
    const steps = plan();
    const step = steps[index];
    if (step === undefined) return true;
    const end = await step.ask({ step: index + 1, totalSteps: steps.length, canGoBack: index > 0 });
    if (end === 'cancel') return false;
    if (typeof end === 'object') {
      origin = step.id;
      index = indexOf(steps, end.to);
    } else if (origin !== undefined) {
      index = indexOf(plan(), origin);
      origin = undefined;
    } else if (end === 'next') index += 1;
    else index = Math.max(0, index - 1);
  }
}

function indexOf(steps: readonly Step[], wanted: string): number {
  return Math.max(
    0,
    steps.findIndex(({ id }) => id === wanted),
  );
}
