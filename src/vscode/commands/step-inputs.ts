import * as vscode from 'vscode';
import { cleanQuestion } from '../text/sentences.ts';
import type { StepPlace } from './steps.ts';
import { acceptedText, type Checks, showProblem } from './text-box.ts';

/** What a person answered; `back` and `cancel` are answers too. */
export type Answer<T> = { readonly value: T } | 'back' | 'cancel';

export interface TextQuestion extends Checks {
  readonly title: string;
  readonly place?: StepPlace;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly password?: boolean;
  /** Told of every text, so that it is there again on the way back. */
  readonly keep?: (text: string) => void;
}

/** Asks for a line of text. The box stays until it is answered or left by Escape, or a check breaks. */
export function askText(question: TextQuestion): Promise<Answer<string>> {
  const { title, place, prompt, placeholder, value = '', password = false, keep } = question;
  const input = vscode.window.createInputBox();
  Object.assign(input, { title: cleanQuestion(title), prompt: cleanQuestion(prompt), value, password });
  if (placeholder !== undefined) input.placeholder = placeholder;
  const { promise, resolve, reject } = Promise.withResolvers<Answer<string>>();
  const stop = new AbortController();
  open(input, place, resolve);
  input.onDidChangeValue((text) => {
    keep?.(text);
    showProblem(input, text === '' ? undefined : question.problem(text));
  });
  input.onDidAccept(() => {
    acceptedText(input, question, stop.signal).then(
      (text) => text !== undefined && resolve({ value: text }),
      reject,
    );
  });
  input.show();
  return promise.finally(() => {
    stop.abort();
    input.dispose();
  });
}

export interface Choice<T> extends vscode.QuickPickItem {
  /** Absent for rows that only tell something: choosing them does nothing. */
  readonly value?: T;
}

/** The headline of a section of choices. */
export function separator(label: string): Choice<never> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

export interface PickQuestion<T> {
  readonly title: string;
  readonly place?: StepPlace;
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** The choice that is marked at first. */
  readonly active?: (value: T) => boolean;
  /** Choices that come later; the list is busy until then. */
  readonly later?: (signal: AbortSignal) => Promise<readonly Choice<T>[]>;
}

/** Asks to choose one. */
export function askPick<T>(question: PickQuestion<T>): Promise<Answer<T>> {
  const { title, place, placeholder, choices, active, later } = question;
  const pick = vscode.window.createQuickPick<Choice<T>>();
  Object.assign(pick, { title, placeholder, matchOnDetail: true, matchOnDescription: true });
  const { promise, resolve, reject } = Promise.withResolvers<Answer<T>>();
  const stop = new AbortController();
  open(pick, place, resolve);
  pick.items = choices;
  const marked = choices.find(({ value }) => value !== undefined && active?.(value));
  if (marked !== undefined) pick.activeItems = [marked];
  pick.onDidAccept(() => {
    const value = pick.selectedItems[0]?.value;
    if (value !== undefined) resolve({ value });
  });
  pick.show();
  if (later !== undefined) fill(pick, later(stop.signal), stop.signal).catch(reject);
  return promise.finally(() => {
    stop.abort();
    pick.dispose();
  });
}

export interface SomeQuestion<T> extends Omit<PickQuestion<T>, 'active' | 'later'> {
  /** The choices that are ticked at first. */
  readonly chosen: (value: T) => boolean;
}

/** Asks to choose one or more. */
export function askSome<T>({
  title,
  place,
  placeholder,
  choices,
  chosen,
}: SomeQuestion<T>): Promise<Answer<readonly T[]>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  Object.assign(pick, { title, placeholder, matchOnDescription: true, canSelectMany: true });
  const { promise, resolve } = Promise.withResolvers<Answer<readonly T[]>>();
  open(pick, place, resolve);
  pick.items = choices;
  pick.selectedItems = choices.filter(({ value }) => value !== undefined && chosen(value));
  pick.onDidAccept(() => {
    const values = pick.selectedItems.flatMap(({ value }) => (value === undefined ? [] : [value]));
    if (values.length > 0) resolve({ value: values });
  });
  pick.show();
  return promise.finally(() => pick.dispose());
}

async function fill<T>(
  pick: vscode.QuickPick<Choice<T>>,
  choices: Promise<readonly Choice<T>[]>,
  signal: AbortSignal,
): Promise<void> {
  pick.busy = true;
  const items = await choices;
  if (signal.aborted) return;
  pick.items = items;
  pick.busy = false;
}

/** What both kinds of box have in common. */
function open(
  input: vscode.QuickInput & {
    buttons: readonly vscode.QuickInputButton[];
    readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
  },
  place: StepPlace | undefined,
  resolve: (answer: 'back' | 'cancel') => void,
): void {
  input.ignoreFocusOut = true;
  // A box with one step alone shows no number.
  if (place !== undefined && place.totalSteps > 1) {
    input.step = place.step;
    input.totalSteps = place.totalSteps;
  }
  if (place?.canGoBack === true) input.buttons = [vscode.QuickInputButtons.Back];
  input.onDidTriggerButton(() => resolve('back'));
  input.onDidHide(() => resolve('cancel'));
}
