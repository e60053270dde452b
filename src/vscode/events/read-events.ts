import type { Invoke } from '../../gateway/gateway.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Output } from '../../tools/registry.ts';
import { PERSON } from '../caller.ts';
import { type Ending, PAGE_SIZE, readAll } from '../export/read-all.ts';
import { addMasked, type Masked } from '../values/masked.ts';
import { type EventQuestion, rangeTimes } from './question.ts';

type Page = Output<'get_audit_log_events'>;
/** An event of either source. */
export type EventRow = Page['items'][number];

/** More rows than this are not read: nobody looks through them, and a shorter range finds the same. */
export const MOST_EVENTS = 5_000;
/** Pages without a row, each a wait of seconds, before a pending export is left for later. */
const PATIENCE = 3;

/** What was read for a question, also when it is not everything. */
export interface EventReport {
  readonly rows: readonly EventRow[];
  readonly ending: Ending;
  readonly error: AppError | undefined;
  /** Absent when nothing could be read. */
  readonly environment: Page['environment'] | undefined;
  readonly events: Page['events'];
  readonly audit_log: Page['audit_log'];
  readonly from: string;
  readonly to: string;
  readonly read: Date;
  /** How many values of each kind are masked in the rows. */
  readonly masked: Masked | undefined;
}

export interface ReadingEvents {
  readonly signal: AbortSignal;
  readonly progress: (read: number) => void;
  readonly waiting?: (message: string) => void;
  /** Reads them as agents see them. */
  readonly redacted?: boolean;
  /** The times to read instead of those the range means now. */
  readonly times?: { readonly from: string; readonly to: string };
}

/** Reads the events of a question, newest first, up to 5,000; what was read stays when reading ends early. */
export async function readEvents(
  invoke: Invoke,
  { organization, source, range }: EventQuestion,
  { signal, progress, waiting, redacted = false, times: given }: ReadingEvents,
): Promise<EventReport> {
  const now = new Date();
  const times = given ?? rangeTimes(range, now) ?? { from: now.toISOString(), to: now.toISOString() };
  let events: Page['events'];
  let audit_log: Page['audit_log'];
  let masked: Masked | undefined;
  let barren = 0;
  const reading = await readAll(
    (cursor, options) =>
      invoke('get_audit_log_events', { organization, source, ...times, limit: PAGE_SIZE, cursor }, PERSON, {
        ...options,
        redacted,
      }),
    {
      signal,
      max: MOST_EVENTS,
      ...(waiting && { waiting: ({ message }) => waiting(message) }),
      progress: (read, page: Page) => {
        // Later pages leave out the source that is exhausted: what earlier ones said of it holds.
        events = page.events ?? events;
        audit_log = page.audit_log ? { ...audit_log, ...page.audit_log } : audit_log;
        masked = addMasked(masked, page.redacted);
        barren = page.items.length > 0 ? 0 : barren + 1;
        progress(read);
      },
      stop: (page) => page.audit_log?.status === 'pending' && barren >= PATIENCE,
    },
  );
  const { items: rows, ending, error, last } = reading;
  const { environment } = last ?? {};
  return { rows, ending, error, environment, events, audit_log, ...times, read: now, masked };
}
