import { type Cause, causeOf, INCIDENT_KINDS, type IncidentKind } from './causes.ts';
import type { Past, PastCall, PastEvent, PastMore } from './past.ts';

/** Something a person should know of. Equal ones are one incident that is counted. */
export interface Incident {
  readonly kind: IncidentKind;
  /** The root cause, in words. */
  readonly cause: string;
  readonly tool?: string;
  readonly client?: string;
  readonly count: number;
  /** In milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
}

type About = Pick<Incident, 'kind' | 'cause' | 'tool' | 'client'>;

/** Of each kind so many are kept, so that many of one never push out one of another. */
const MOST_OF_A_KIND = 50;

/** Every process tells of a stop; those that do so within this time, in milliseconds, tell of the same one. */
const ONE_STOP_MS = 5_000;
/** So many stops are told apart. */
const MOST_STOPS = 1_000;

/** What went wrong or was prevented, latest first; of each kind the latest. */
export class Incidents {
  readonly #kinds = new Map<IncidentKind, Map<string, Incident>>(
    INCIDENT_KINDS.map((kind) => [kind, new Map<string, Incident>()]),
  );
  /** When everything was stopped, in the order it was told. */
  readonly #stops: number[] = [];
  readonly #counts = new Map<IncidentKind, number>(INCIDENT_KINDS.map((kind) => [kind, 0]));

  /** Takes note of what a record says. */
  add(past: Past): void {
    if (past.type === 'event' && !this.#isKnownStop(past)) this.#put(past.at, aboutEvent(past), past.count);
    if (past.type === 'call') for (const about of aboutCall(past)) this.#put(past.at, about);
    if (past.type === 'more' && past.untrusted === true) this.#put(past.at, aboutTaint(past));
  }

  /** All that are kept, latest first. */
  list(): readonly Incident[] {
    return Array.from(this.#kinds.values(), (incidents) => Array.from(incidents.values()))
      .flat()
      .sort((a, b) => b.last - a.last);
  }

  /** How many there were of each kind, kept or not. */
  counts(): ReadonlyMap<IncidentKind, number> {
    return this.#counts;
  }

  /** Files are read one after another, so another process may tell of a stop long before the latest. */
  #isKnownStop({ kind, at }: PastEvent): boolean {
    if (kind !== 'kill') return false;
    if (this.#stops.some((stop) => Math.abs(at - stop) < ONE_STOP_MS)) return true;
    this.#stops.push(at);
    if (this.#stops.length > MOST_STOPS) this.#stops.shift();
    return false;
  }

  #put(at: number, about: About, times = 1): void {
    const incidents = this.#kinds.get(about.kind);
    if (incidents === undefined) return;
    const key = JSON.stringify([about.cause, about.tool, about.client]);
    const before = incidents.get(key) ?? { ...about, count: 0, first: at, last: at };
    const { count, first, last } = before;
    incidents.delete(key);
    incidents.set(key, {
      ...before,
      count: count + times,
      first: Math.min(first, at),
      last: Math.max(last, at),
    });
    this.#counts.set(about.kind, (this.#counts.get(about.kind) ?? 0) + times);
    const [oldest] = incidents.keys();
    if (incidents.size > MOST_OF_A_KIND && oldest !== undefined) incidents.delete(oldest);
  }
}

function aboutEvent({ kind, cause, tool, client }: PastEvent): About {
  return { kind, cause, ...(tool !== undefined && { tool }), ...(client !== undefined && { client }) };
}

const TAINT: Cause = { kind: 'taint', cause: 'An agent was given text that third parties wrote.' };

function aboutTaint({ tool, client }: PastMore): About {
  return { ...TAINT, tool, client };
}

function aboutCall({ tool, client, status, covered = {}, untrusted = false }: PastCall): About[] {
  const found: (Cause | undefined)[] = [causeOf(status), untrusted ? TAINT : undefined];
  const kinds = Object.keys(covered).sort();
  if (kinds.length > 0) {
    found.push({ kind: 'dlp', cause: `A result held values that were covered: ${kinds.join(', ')}.` });
  }
  return found
    .filter((cause) => cause !== undefined)
    .map(({ kind, cause }) => ({ kind, cause, tool, client }));
}
