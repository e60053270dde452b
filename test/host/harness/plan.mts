// What a scripted model does with a question: tools one after the other, then an answer made of what they said.
import type { ModelTurn } from './protocol.mts';
import type { ModelScript } from './scripted-model.mts';

/** A result as the model was shown it. */
export type Result = Readonly<Record<string, unknown>>;

/** A call; its input may use what earlier calls answered, and nothing else. */
export interface Step {
  readonly tool: string;
  readonly input: (results: readonly Result[]) => object;
}

/** Calls the tools it is offered, one per turn; a tool that is not offered, or a result that is no JSON, is an error. */
export function plan(steps: readonly Step[], say: (results: readonly Result[]) => string): ModelScript {
  return (turn) => {
    const results = turn.answers.map(({ text }) => JSON.parse(text) as Result);
    const step = steps[results.length];
    if (step === undefined) return { say: say(results) };
    return { call: offered(turn, step.tool), input: step.input(results) };
  };
}

function offered({ tools }: ModelTurn, name: string): string {
  const found = tools.find((tool) => tool.name.endsWith(`_${name}`));
  if (found === undefined)
    throw new Error(`${name} is not among: ${tools.map((tool) => tool.name).join(', ')}`);
  return found.name;
}
