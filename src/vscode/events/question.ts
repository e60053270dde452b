import { isObjectId } from '../../shared/object-ids.ts';

/** Ranges offered by name, in hours back from now. */
export const RANGES = { '1h': 1, '24h': 24, '7d': 7 * 24, '30d': 30 * 24, '90d': 90 * 24 } as const;
export type NamedRange = keyof typeof RANGES;
/** A named range, or the first and last day of one as `2026-11-01_2026-11-15`, both included. */
export type Range = string;
/** Which events are asked for. */
export type Source = 'both' | 'events' | 'audit_log';

/** A question for the security events of an organization; asked again later it means the same. */
export interface EventQuestion {
  readonly organization: string;
  readonly source: Source;
  readonly range: Range;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** WorkOS keeps events this many days. */
export const KEPT_DAYS = 90;
const SOURCES: ReadonlySet<string> = new Set<Source>(['both', 'events', 'audit_log']);

/** True for a range that has a name. */
export function isNamedRange(range: Range): range is NamedRange {
  return Object.hasOwn(RANGES, range);
}

/** The times a range means now. */
export function rangeTimes(range: Range, now: Date): { from: string; to: string } | undefined {
  const end = now.getTime();
  if (isNamedRange(range)) {
    const start = end - RANGES[range] * HOUR_MS;
    return { from: new Date(start).toISOString(), to: now.toISOString() };
  }
  const [first = '', last = '', ...rest] = range.split('_');
  if (!isDay(first) || !isDay(last) || rest.length > 0) return undefined;
  const to = Math.min(Date.parse(last) + DAY_MS, end);
  return { from: new Date(Date.parse(first)).toISOString(), to: new Date(to).toISOString() };
}

/** Why what was typed is no range. */
export type RangeProblem = 'format' | 'order' | 'future' | 'old';

/** Reads `2026-11-01` or `2026-11-01 2026-11-15` as a person types it; the last day is today when it is left out. */
export function parseDays(typed: string, now: Date): { range: Range } | { problem: RangeProblem } {
  const today = now.toISOString().slice(0, 10);
  const [first = '', last = today, ...rest] = typed.split(/\s+|_/u).filter((part) => part !== '');
  if (!isDay(first) || !isDay(last) || rest.length > 0) return { problem: 'format' };
  if (first > today) return { problem: 'future' };
  if (first > last) return { problem: 'order' };
  if (Date.parse(first) < now.getTime() - KEPT_DAYS * DAY_MS) return { problem: 'old' };
  return { range: `${first}_${last}` };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/** The path of the document that answers a question; its title is what the tab shows. */
export function questionPath({ organization, source, range }: EventQuestion, title: string): string {
  return `/events/${organization}/${source}/${range}/${title}.log`;
}

/** The question of a document's path. */
export function parseQuestion(path: string): EventQuestion | undefined {
  const [root, events, organization = '', source = '', range = '', title, ...rest] = path.split('/');
  if (root !== '' || events !== 'events' || title === undefined || rest.length > 0) return undefined;
  if (!isObjectId('organization', organization) || !isSource(source)) return undefined;
  return rangeTimes(range, new Date()) && { organization, source, range };
}

function isSource(text: string): text is Source {
  return SOURCES.has(text);
}
