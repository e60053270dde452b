import { isRecord } from '../shared/json.ts';
import { cutText } from '../shared/text.ts';
import { cover } from './cover.ts';
import { detect } from './detectors.ts';
import { type Found, mergeFound } from './found.ts';
import { compilePaths, type Paths, type PathState } from './paths.ts';
import { DETECTOR_NAMES, type Kind, type PathRule, type PrivacyPolicy } from './policy.ts';

/** A value without what the policy covers, and what that was. */
export interface Redacted {
  readonly value: unknown;
  readonly found: readonly Found[];
}

/** Covers what a policy names. Throws rather than to give back what it could not look at. */
export interface Redactor {
  readonly text: (text: string) => string;
  /** `at`: the path that leads to the value. */
  readonly value: (value: unknown, at?: readonly string[]) => Redacted;
}

/** Fields whose content is anybody's: there, numbers are looked at too, and the name of a field says nothing. */
const DATA: ReadonlySet<string> = new Set(['metadata', 'custom_attributes']);
/** Fields that hold ids and the like, in which bare digits are no card and no phone number. */
const ID_FIELD = /^(?:.*_)?(?:ids?|at)$|^(?:type|state|object)$/u;
const ID = /^\w+$/u;
const LONGEST_SEGMENT = 100;
const MOST_KEYS = 500;

/** Where the walk is. */
interface Place {
  readonly state: PathState;
  /** The way here, from the root. */
  readonly parent: Place | undefined;
  readonly name: string;
  /** The rule that holds here. */
  readonly rule: PathRule | undefined;
  readonly key: string;
  readonly data: boolean;
}

/** Makes a redactor of a policy; it can be used for any number of values. */
export function createRedactor(policy: PrivacyPolicy): Redactor {
  const paths = compilePaths(policy.paths);
  const covers = coverer(policy);
  const keys = keyCoverer(covers);
  return {
    text: (text) => covers(text, false, () => undefined),
    value: (value, at = []) => {
      const walk = new Walk(paths, covers, keys);
      const shown = walk.into(value, walk.placeOf(at));
      return { value: shown, found: mergeFound(walk.found) };
    },
  };
}

type Note = (kind: Kind) => void;
/** Covers what the detectors recognise in a text; in ids, those are left out that take bare digits for something. */
type Covers = (text: string, inIds: boolean, note: Note) => string;

function coverer({ detectors }: PrivacyPolicy): Covers {
  const everywhere = new Set(DETECTOR_NAMES.filter((name) => detectors[name] !== 'off'));
  const inIds = new Set([...everywhere].filter((name) => name !== 'card' && name !== 'phone'));
  return (text, isId, note) => {
    let shown = '';
    let done = 0;
    for (const { detector, start, end, text: value } of detect(text, isId ? inIds : everywhere)) {
      const mode = detectors[detector];
      if (mode === 'off') continue;
      shown += text.slice(done, start) + cover(detector, value, mode);
      done = end;
      note(detector);
    }
    return done === 0 ? text : shown + text.slice(done);
  };
}

interface CoveredKey {
  readonly name: string;
  readonly kinds: readonly Kind[];
}

type CoversKey = (key: string) => CoveredKey;

/** Covers keys. Records have the same ones over and over, so those without anything in them are remembered. */
function keyCoverer(covers: Covers): CoversKey {
  const harmless = new Map<string, CoveredKey>();
  return (key) => {
    const before = harmless.get(key);
    if (before !== undefined) return before;
    const kinds: Kind[] = [];
    const covered = { name: covers(key, false, (kind) => kinds.push(kind)), kinds };
    if (harmless.size >= MOST_KEYS) harmless.clear();
    if (kinds.length === 0 && key.length <= LONGEST_SEGMENT) harmless.set(key, covered);
    return covered;
  };
}

/** One way through a value. */
class Walk {
  readonly found: Found[] = [];
  readonly #paths: Paths;
  readonly #covers: Covers;
  readonly #keys: CoversKey;

  constructor(paths: Paths, covers: Covers, keys: CoversKey) {
    this.#paths = paths;
    this.#covers = covers;
    this.#keys = keys;
  }

  /** The place a path leads to. */
  placeOf(path: readonly string[]): Place {
    const state = this.#paths.start;
    const root: Place = { state, parent: undefined, name: '', rule: state.rule, key: '', data: false };
    return path.reduce((place, key) => this.#enter(place, key), root);
  }

  /** The value without what is to be covered. */
  into(value: unknown, place: Place): unknown {
    if (Array.isArray(value)) {
      const inside = { ...this.#enter(place, '*'), key: place.key };
      return value.map((entry) => this.into(entry, inside));
    }
    if (isRecord(value)) return this.#record(value, place);
    if (typeof value === 'string') return this.#text(value, place);
    if (typeof value !== 'number' || !place.data) return value;
    const digits = String(value);
    const shown = this.#text(digits, place);
    return shown === digits ? value : shown;
  }

  #record(record: Record<string, unknown>, place: Place): Record<string, unknown> {
    const shown = new Map<string, unknown>();
    const free = freeNames(shown);
    for (const [key, value] of Object.entries(record)) {
      const { name: covered, kinds } = this.#keys(key);
      const name = free(covered);
      const inside = this.#enter(place, key, name);
      for (const kind of kinds) this.#note(kind, inside);
      shown.set(name, this.into(value, inside));
    }
    return Object.fromEntries(shown);
  }

  #text(text: string, place: Place): string {
    const { rule, key, data } = place;
    if (text === '' || rule?.mode === 'off') return text;
    if (rule !== undefined) {
      const kind = rule.as ?? 'field';
      this.#note(kind, place);
      return cover(kind, text, rule.mode);
    }
    const isId = !data && ID.test(text) && ID_FIELD.test(key);
    return this.#covers(text, isId, (kind) => this.#note(kind, place));
  }

  #enter(parent: Place, key: string, name = key): Place {
    const state = this.#paths.step(parent.state, key);
    const rule = state.rule ?? parent.rule;
    return { state, parent, name, rule, key, data: parent.data || DATA.has(parent.key) };
  }

  #note(kind: Kind, place: Place): void {
    const names: string[] = [];
    for (let at: Place | undefined = place; at?.parent !== undefined; at = at.parent)
      names.unshift(at.data ? '*' : cutText(at.name.slice(0, 2 * LONGEST_SEGMENT), LONGEST_SEGMENT));
    this.found.push({ path: names.join('.'), kind, count: 1 });
  }
}

/** Two keys may be covered by the same words; none may push out the other. */
function freeNames(taken: ReadonlyMap<string, unknown>): (name: string) => string {
  let last: Map<string, number> | undefined;
  return (name) => {
    if (!taken.has(name)) return name;
    last ??= new Map();
    let number = last.get(name) ?? 1;
    do number += 1;
    while (taken.has(`${name} ${number}`));
    last.set(name, number);
    return `${name} ${number}`;
  };
}
