import type { InputBox } from 'vscode';
import { cleanQuestion } from '../text/sentences.ts';

/** The part of an input box that an answer is checked in. */
export type TextBox = Pick<InputBox, 'value' | 'validationMessage' | 'busy' | 'enabled'>;

/** What a text has to stand up to. */
export interface Checks {
  /** What is wrong with the text as it is typed. */
  readonly problem: (text: string) => string | undefined;
  /** A check that takes a while, when the text is accepted: the box stays open and shows what it finds. */
  readonly check?: (text: string, signal: AbortSignal) => Promise<string | undefined>;
}

/** Says what is wrong, if anything; what was typed may stand in it. */
export function showProblem(box: TextBox, problem: string | undefined): void {
  box.validationMessage = problem === undefined ? undefined : cleanQuestion(problem);
}

/** The accepted text, if nothing is wrong with it. Whatever a check does, the box can be used again after it. */
export async function acceptedText(
  box: TextBox,
  { problem, check }: Checks,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (box.busy) return undefined;
  const text = box.value;
  let found = problem(text);
  showProblem(box, found);
  if (found !== undefined) return undefined;
  if (check !== undefined) {
    box.busy = true;
    box.enabled = false;
    try {
      found = await check(text, signal);
      showProblem(box, found);
    } finally {
      box.busy = false;
      box.enabled = true;
    }
  }
  return signal.aborted || found !== undefined ? undefined : text;
}
