import { isRecord } from '../shared/json.ts';

/** How much of a nested value is shown: entries per list or map, characters per text. */
export interface Caps {
  readonly entries: number;
  readonly text: number;
}

/** Keyed objects whose keys are data, and which are therefore cut like lists. */
const MAPS: ReadonlySet<string> = new Set(['metadata', 'custom_attributes']);
/** Text that is useless unless whole. */
const WHOLE: ReadonlySet<string> = new Set(['next_cursor', 'id', 'environment']);

/** A record with its nested lists, maps and texts cut to the caps; `omitted` counts entries (for a text: characters) left out, by field. */
export function trimRecord(record: Record<string, unknown>, caps: Caps): Record<string, unknown> {
  const omitted: Record<string, number> = isCounts(record['omitted']) ? { ...record['omitted'] } : {};
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    if (key === 'omitted') continue;
    const { shown, left } = WHOLE.has(key) ? { shown: value, left: 0 } : trimField(key, value, caps);
    kept[key] = shown;
    if (left > 0) omitted[key] = (omitted[key] ?? 0) + left;
  }
  return Object.keys(omitted).length > 0 ? { ...kept, omitted } : kept;
}

function trimField(key: string, value: unknown, caps: Caps): { shown: unknown; left: number } {
  if (typeof value === 'string') return trimText(value, caps);
  if (Array.isArray(value)) return trimEntries(value, caps);
  if (!isRecord(value)) return { shown: value, left: 0 };
  if (!MAPS.has(key)) return { shown: trimRecord(value, caps), left: 0 };
  const entries = trimEntries(Object.entries(value), caps);
  return { shown: Object.fromEntries(entries.shown), left: entries.left };
}

/** Cuts a list; an entry that had to be cut inside counts as left out too, since it is not shown whole. */
function trimEntries<T>(entries: readonly T[], caps: Caps): { shown: T[]; left: number };
function trimEntries(entries: readonly unknown[], caps: Caps): { shown: unknown[]; left: number } {
  let left = Math.max(0, entries.length - caps.entries);
  const shown = entries.slice(0, caps.entries).map((entry) => {
    if (isRecord(entry)) return trimRecord(entry, caps);
    if (Array.isArray(entry)) return entry.map((part) => cut(part, () => (left += 1), caps));
    return cut(entry, () => (left += 1), caps);
  });
  return { shown, left };
}

function cut(value: unknown, note: () => void, caps: Caps): unknown {
  if (typeof value !== 'string') return value;
  const { shown, left } = trimText(value, caps);
  if (left > 0) note();
  return shown;
}

/** Cuts on a code point, so that no half of a surrogate pair is left behind. */
function trimText(text: string, caps: Caps): { shown: string; left: number } {
  if (text.length <= caps.text) return { shown: text, left: 0 };
  const shown = text.slice(0, caps.text).replace(/[\uD800-\uDBFF]$/u, '');
  return { shown: `${shown}…`, left: text.length - shown.length };
}

function isCounts(value: unknown): value is Record<string, number> {
  return isRecord(value) && Object.values(value).every((count) => typeof count === 'number');
}
