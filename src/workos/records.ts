import { z } from 'zod';
import { isRecord, isShallow } from '../shared/json.ts';

/** Deeper values are no record of the API, and would exhaust the stack of whoever walks through them. */
const MOST_LEVELS = 40;

/** Records that did not fit, and entries of their lists that did not: left out, and counted once each. */
export interface Dropped {
  /** How many so far. */
  count(): number;
  /** `id`: of the record; one that is read again does not count again. */
  note(id: string | undefined, count: number): void;
}

/** Counts what is left out while one call reads. */
export function createDropped(): Dropped {
  const byId = new Map<string, number>();
  let nameless = 0;
  return {
    count: () => [...byId.values()].reduce((sum, count) => sum + count, nameless),
    note: (id, count) => {
      if (count === 0) return;
      if (id === undefined) nameless += count;
      else byId.set(id, count);
    },
  };
}

/** Reads a value of the API. Throws what tells why it does not fit. */
export type Read<T> = (raw: unknown) => T;

/** Reads what has to fit as a whole. */
export function readWhole<T>(schema: z.ZodType<T>): Read<T> {
  return (raw) => schema.parse(raw);
}

/** Reads one record, whose lists lose the entries that do not fit. */
export function readRecord<T>(schema: z.ZodType<T>, dropped: Dropped): Read<T> {
  return (raw) => {
    if (!isShallow(raw, MOST_LEVELS)) throw new Error('nested too deeply');
    const record = schema.parse(raw);
    dropped.note(idOf(raw), lostEntries(raw, record));
    return record;
  };
}

const page = z.looseObject({
  data: z.array(z.unknown()),
  list_metadata: z.looseObject({ after: z.string().nullish() }).optional(),
});

export interface SentPage<T> {
  readonly items: T[];
  /** Records that came, with those that were left out. */
  readonly sent: number;
  readonly after: string | undefined;
}

/** Reads a page of records, each on its own: one that does not fit is left out. */
export function readPage<T>(schema: z.ZodType<T>, dropped: Dropped): Read<SentPage<T>> {
  const read = readRecord(schema, dropped);
  return (raw) => {
    const { data, list_metadata } = page.parse(raw);
    const items: T[] = [];
    for (const entry of data) {
      try {
        items.push(read(entry));
      } catch {
        dropped.note(idOf(entry), 1);
      }
    }
    return { items, sent: data.length, after: list_metadata?.after ?? undefined };
  };
}

/** A list within a record: an entry that does not fit is left out. */
export function entriesOf<T>(entry: z.ZodType<T>) {
  return z.array(z.unknown()).transform((entries) =>
    entries.flatMap((raw) => {
      const read = entry.safeParse(raw);
      return read.success ? [read.data] : [];
    }),
  );
}

/** A map within a record: an entry that is not text is left out. */
export const textsByKey = z
  .record(z.string(), z.unknown())
  .transform((map) =>
    Object.fromEntries(
      Object.entries(map).flatMap(([key, value]) =>
        typeof value === 'string' ? [[key, value] as const] : [],
      ),
    ),
  );

/** How many entries of a record's lists and maps were not taken over. */
function lostEntries(raw: unknown, read: unknown): number {
  if (!isRecord(raw) || !isRecord(read)) return 0;
  return Object.entries(read).reduce((sum, [key, kept]) => {
    const sent = raw[key];
    if (Array.isArray(kept)) return Array.isArray(sent) ? sum + sent.length - kept.length : sum;
    if (!isRecord(kept) || !isRecord(sent)) return sum;
    return sum + Object.keys(sent).filter((name) => !Object.hasOwn(kept, name)).length;
  }, 0);
}

function idOf(raw: unknown): string | undefined {
  return isRecord(raw) && typeof raw['id'] === 'string' ? raw['id'] : undefined;
}
