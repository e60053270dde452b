import { shortLine } from '../shared/text.ts';
import type { Lock } from './digests.ts';

const LONGEST_NAME = 80;

/** Published fields in words; others are named as they are. */
const WORDS: Readonly<Record<string, string>> = {
  inputSchema: 'input schema',
  outputSchema: 'output schema',
};

/** What differs from what was accepted, a line each; none when all is as it was. */
export function changesBetween(accepted: Lock, current: Lock): readonly string[] {
  const instructions = accepted.instructions === current.instructions ? [] : ['instructions changed'];
  const policy = changed(accepted.policy, current.policy, equal);
  const tools = changed(
    accepted.tools,
    current.tools,
    (one, other) => changed(one, other, equal).length === 0,
  );
  return [
    ...instructions,
    ...policy.map(({ name, what }) => `policy default ${shown(name)} ${what}`),
    ...tools.flatMap(({ name, what, before, after }) =>
      before === undefined || after === undefined
        ? [`tool ${shown(name)} ${what}`]
        : changed(before, after, equal).map((field) => `${shown(name)}: ${worded(field.name)} ${field.what}`),
    ),
  ];
}

interface Change<T> {
  readonly name: string;
  readonly what: 'added' | 'removed' | 'changed';
  readonly before: T | undefined;
  readonly after: T | undefined;
}

type Named<T> = Readonly<Record<string, T>>;

/** Names whose values are not the same on both sides, in order. */
function changed<T>(before: Named<T>, after: Named<T>, same: (one: T, other: T) => boolean): Change<T>[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name): Change<T> => {
      const [one, other] = [own(before, name), own(after, name)];
      const what = one === undefined ? 'added' : other === undefined ? 'removed' : 'changed';
      return { name, what, before: one, after: other };
    })
    .filter(({ before: one, after: other }) => one === undefined || other === undefined || !same(one, other));
}

function own<T>(named: Named<T>, name: string): T | undefined {
  return Object.hasOwn(named, name) ? named[name] : undefined;
}

function equal(one: string, other: string): boolean {
  return one === other;
}

function worded(field: string): string {
  return WORDS[field] ?? shown(field);
}

/** Names in a file may hold anything: only a plain line reaches the terminal. */
function shown(name: string): string {
  return shortLine(name, LONGEST_NAME);
}
