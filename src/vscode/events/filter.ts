import type { EventRow } from './read-events.ts';

/** The rows that have every word of a filter in some field, and none of those after a minus; `"two words"` are one. */
export function filterEvents(rows: readonly EventRow[], filter: string): readonly EventRow[] {
  const { wanted, unwanted } = parseFilter(filter);
  if (wanted.length === 0 && unwanted.length === 0) return rows;
  return rows.filter((row) => {
    const hay = haystack(row);
    return wanted.every((word) => hay.includes(word)) && !unwanted.some((word) => hay.includes(word));
  });
}

function parseFilter(filter: string): { wanted: string[]; unwanted: string[] } {
  const wanted: string[] = [];
  const unwanted: string[] = [];
  for (const [, minus, quoted, plain] of filter.toLowerCase().matchAll(/(-?)(?:"([^"]*)"?|(\S+))/gu)) {
    const word = quoted ?? plain ?? '';
    if (word !== '' && word !== '-') (minus === '-' ? unwanted : wanted).push(word);
  }
  return { wanted, unwanted };
}

/** Every value of a row as one text; rows never change, so it is made once. */
function haystack(row: EventRow): string {
  const known = HAYSTACKS.get(row);
  if (known !== undefined) return known;
  const made = values(row).join('\n').toLowerCase();
  HAYSTACKS.set(row, made);
  return made;
}

const HAYSTACKS = new WeakMap<EventRow, string>();

function values(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(values) : [];
}
