import type { PathRule } from './policy.ts';

/** How far each rule has come on the way to a value: the segments it may be at. */
export interface PathState {
  readonly reached: readonly (readonly number[])[];
  /** The last rule whose path ends here. */
  readonly rule: PathRule | undefined;
  /** States behind this one, by key; they are few, so that most steps are a look-up. */
  readonly next: Map<string, PathState>;
}

/** Rules that can be followed down a value. */
export interface Paths {
  readonly start: PathState;
  step(state: PathState, key: string): PathState;
}

type Segment = 'any' | ((key: string) => boolean);

const MOST_KEYS = 500;
const LONGEST_KEY = 64;

/** Makes rules ready. Each step looks at each segment once at most, so no pattern and no key can be slow. */
export function compilePaths(rules: readonly PathRule[]): Paths {
  const compiled = rules.map(({ path }) =>
    path.split('.').map((segment): Segment => (segment === '**' ? 'any' : glob(segment))),
  );
  const ruleAt = (reached: PathState['reached']) =>
    rules.findLast((_, rule) => reached[rule]?.includes(compiled[rule]?.length ?? 0) === true);
  const known = new Map<string, PathState>();
  const stateOf = (reached: PathState['reached']): PathState => {
    const name = reached.map((places) => places.join(' ')).join('|');
    const state = known.get(name) ?? { reached, rule: ruleAt(reached), next: new Map() };
    known.set(name, state);
    return state;
  };
  return {
    start: stateOf(compiled.map((segments) => withSkipped(segments, [0]))),
    step: (state, key) => {
      const before = state.next.get(key);
      if (before !== undefined) return before;
      const plain = plainKey(key);
      const after = stateOf(
        compiled.map((segments, rule) => {
          const places = state.reached[rule] ?? [];
          return withSkipped(
            segments,
            places.flatMap((place) => advance(segments[place], place, plain)),
          );
        }),
      );
      if (state.next.size >= MOST_KEYS) state.next.clear();
      if (key.length <= LONGEST_KEY) state.next.set(key, after);
      return after;
    },
  };
}

function advance(segment: Segment | undefined, place: number, key: string): number[] {
  if (segment === undefined) return [];
  if (segment === 'any') return [place];
  return segment(key) ? [place + 1] : [];
}

/** `**` may also stand for nothing. */
function withSkipped(segments: readonly Segment[], places: readonly number[]): number[] {
  const all = new Set(places);
  for (const place of all) if (segments[place] === 'any') all.add(place + 1);
  return [...all].sort((a, b) => a - b);
}

function plainKey(key: string): string {
  return key.toLowerCase().replace(/[_\s-]/gu, '');
}

/** A segment in which `*` stands for any part. */
function glob(segment: string): (key: string) => boolean {
  const [head = '', ...others] = segment.split('*').map(plainKey);
  const tail = others.pop();
  if (tail === undefined) return (key) => key === head;
  return (key) => {
    if (!key.startsWith(head)) return false;
    let at = head.length;
    for (const part of others) {
      const found = key.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return key.length - tail.length >= at && key.endsWith(tail);
  };
}
