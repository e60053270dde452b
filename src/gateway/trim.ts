import { isRecord } from '../shared/json.ts';

/** How much of a nested value is shown: entries per list or map, characters per text. */
export interface Caps {
  readonly entries: number;
  readonly text: number;
}

/** Keyed objects whose keys are data, and which are therefore cut like lists. */
const MAPS: ReadonlySet<string> = new Set(['metadata', 'custom_attributes', 'by_state']);
/** Fields that are useless unless whole. */
const WHOLE: ReadonlySet<string> = new Set(['next_cursor', 'environment', '_notice']);

const LONGEST_ID = 64;

/** A record with its nested lists, maps and texts cut to the caps; `omitted` counts entries (for a text: characters) left out, by field. */
export function trimRecord(record: Record<string, unknown>, caps: Caps): Record<string, unknown> {
  const omitted: Record<string, number> = isCounts(record['omitted']) ? { ...record['omitted'] } : {};
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    if (key === 'omitted') continue;
    const { shown, left } = isWhole(key, value) ? { shown: value, left: 0 } : trimField(key, value, caps);
    kept[key] = shown;
    if (left > 0) omitted[key] = (omitted[key] ?? 0) + left;
  }
  return Object.keys(omitted).length > 0 ? { ...kept, omitted } : kept;
}

/** Ids of the API fit; text that pretends to be one is cut like any other. */
function isWhole(key: string, value: unknown): boolean {
  return (
    WHOLE.has(key) || (/^(.*_)?id$/u.test(key) && typeof value === 'string' && value.length <= LONGEST_ID)
  );
}

interface Trimmed<T = unknown> {
  readonly shown: T;
  readonly left: number;
}

function trimField(key: string, value: unknown, caps: Caps): Trimmed {
  if (Array.isArray(value)) return trimEntries(value, caps);
  if (!isRecord(value)) return trimData(value, caps);
  return MAPS.has(key) ? trimMap(value, caps) : { shown: trimRecord(value, caps), left: 0 };
}

/** Cuts a list; a cut text counts as left out too, since it is not shown whole. A record tells for itself. */
function trimEntries(entries: readonly unknown[], caps: Caps): Trimmed<unknown[]> {
  const shown = entries
    .slice(0, caps.entries)
    .map((entry) => (isRecord(entry) ? { shown: trimRecord(entry, caps), left: 0 } : trimData(entry, caps)));
  const whole = shown.filter(({ left }) => left === 0).length;
  return { shown: shown.map((entry) => entry.shown), left: entries.length - whole };
}

/** Cuts a map like a list: its keys may be long, and its values anything. */
function trimMap(map: Record<string, unknown>, caps: Caps): Trimmed<Record<string, unknown>> {
  const entries = Object.entries(map);
  const shown = entries.slice(0, caps.entries).map(([key, value]) => {
    return { key: cutText(key, caps.text), value: trimData(value, caps) };
  });
  const whole = shown.filter(({ key, value }) => key.left + value.left === 0).length;
  return {
    shown: Object.fromEntries(shown.map(({ key, value }) => [key.shown, value.shown])),
    left: entries.length - whole,
  };
}

/** A value of any shape: cut if it is text, and shown as the beginning of its JSON if it is too much else. */
function trimData(value: unknown, caps: Caps): Trimmed {
  if (typeof value === 'string') return cutText(value, caps.text);
  if (typeof value !== 'object') return { shown: value, left: 0 };
  const json = cutText(JSON.stringify(value), caps.text);
  return json.left === 0 ? { shown: value, left: 0 } : json;
}

/** Cuts a text on a code point, so that no half of a surrogate pair is left behind. */
export function cutText(text: string, most: number): Trimmed<string> {
  if (text.length <= most) return { shown: text, left: 0 };
  const shown = text.slice(0, most).replace(/[\uD800-\uDBFF]$/u, '');
  return { shown: `${shown}…`, left: text.length - shown.length };
}

function isCounts(value: unknown): value is Record<string, number> {
  return isRecord(value) && Object.values(value).every((count) => typeof count === 'number');
}
