import { isRecord } from '../shared/json.ts';
import { defuseLong, defuseText, LONGEST_TEXT } from './defuse-text.ts';

type Fields = Record<string, unknown>;

/** A result whose texts and keys are harmless, and whether one of them was not. */
export interface Defused {
  readonly value: Fields;
  readonly altered: boolean;
}

/** Fields of a result that are ours: they stay as they are. */
const OURS: ReadonlySet<string> = new Set(['environment', 'next_cursor']);

/** Defuses every text and every key of a result. How many characters of a text are cut off is told in `omitted`. */
export function defuseResult(result: Fields): Defused {
  const walk = new Walk();
  const { items, ...head } = result;
  const rows = Array.isArray(items) ? { items: items.map((item) => walk.row(item)) } : {};
  const ours = Object.entries(head).filter(([key]) => OURS.has(key));
  const others = Object.fromEntries(Object.entries(head).filter(([key]) => !OURS.has(key)));
  const value = { ...walk.fields(others), ...rows, ...Object.fromEntries(ours) };
  return { value, altered: walk.altered };
}

/** One way through a result. */
class Walk {
  altered = false;

  /** A row of a list; it may be anything. One whose texts are not shown as they are says so. */
  row(row: unknown): unknown {
    if (!isRecord(row)) return this.into(row);
    const before = this.altered;
    this.altered = false;
    const shown = this.fields(row);
    const { altered } = this;
    this.altered = before || altered;
    return altered ? { ...shown, altered } : shown;
  }

  /** The fields of a record that has a place to tell what was left out. */
  fields(record: Fields): Fields {
    const omitted: Fields = isRecord(record['omitted']) ? { ...record['omitted'] } : {};
    const shown = this.#record(record, (key, left) => {
      omitted[key] = left;
    });
    return Object.keys(omitted).length > 0 ? { ...shown, omitted } : shown;
  }

  into(value: unknown): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return value.map((entry) => this.into(entry));
    return isRecord(value) ? this.#record(value) : value;
  }

  #record(record: Fields, tell?: (key: string, left: number) => void): Fields {
    const shown: Fields = {};
    for (const [key, value] of Object.entries(record)) {
      const name = unused(this.#text(key), shown);
      put(shown, name, this.into(value));
      if (tell === undefined || typeof value !== 'string' || value.length <= LONGEST_TEXT) continue;
      const { left } = defuseLong(value);
      if (left > 0) tell(name, left);
    }
    return shown;
  }

  #text(text: string): string {
    const shown = defuseText(text);
    if (shown !== text) this.altered = true;
    return shown;
  }
}

/** Sets an own field, `__proto__` too. */
function put(record: Fields, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
  else record[name] = value;
}

/** Two keys may look the same once nothing is hidden in them; none may push out the other. */
function unused(name: string, taken: Fields): string {
  let free = name;
  for (let number = 2; Object.hasOwn(taken, free); number += 1) free = `${name} ${number}`;
  return free;
}
