import { z } from 'zod';
import { isRunning } from '../shared/running.ts';
import { GrowingFile } from './growing-file.ts';
import { EVENT_KINDS, type Kept, type PastSessions } from './past.ts';

/** Where in the state directory the journals are. */
export const JOURNALS = 'metrics';
/** The name of a journal begins with when it began, so that names sort by age, and has the number of its process. */
export const JOURNAL_NAME = /^(\d{13})-(\d{1,10})-[\da-f]{8}\.jsonl$/u;

const label = z.string().max(120);
const amount = z.number().min(0);
const base = { at: amount, process: label };
const keptSchema: z.ZodType<Kept> = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('call'),
    call: z.int().min(0),
    tool: label,
    client: label,
    token: label.optional(),
    tokenId: label.optional(),
    ms: amount,
    bytes: amount,
    status: label,
    covered: z.record(label, amount).optional(),
    untrusted: z.boolean().optional(),
    tokens: z.object({ arguments: amount, result: amount, saved: amount, exact: z.boolean() }).optional(),
  }),
  z.object({
    ...base,
    type: z.literal('event'),
    kind: z.enum(EVENT_KINDS),
    cause: z.string().max(500),
    tool: label.optional(),
    client: label.optional(),
    count: z.int().min(1).optional(),
  }),
  z.object({ ...base, type: z.literal('sessions'), open: amount, start: label.optional() }),
]);

/** A journal, read on from where the last reading ended. A line that can't be read, as the last one of a process that was killed, is left out. */
export class JournalReader {
  readonly #file: GrowingFile;
  readonly #pid: number;
  #sessions: PastSessions | undefined;
  /** As it was told last. */
  #open = 0;
  /** Empty until something was read. */
  process = '';

  constructor(path: string, pid: number) {
    this.#file = new GrowingFile(path);
    this.#pid = pid;
  }

  /** What was added, and then, if that changed, how many sessions its process has now: only what runs has any. Where the system does not tell when a process began (not Linux), another that got its number after it was killed is taken for it; what runs in another container counts as ended. */
  async *read(): AsyncGenerator<readonly Kept[]> {
    for await (const lines of this.#file.lines()) yield lines.flatMap((line) => this.#take(line));
    if (this.#sessions === undefined) return;
    const open = isRunning(this.#pid, this.#sessions.start) ? this.#sessions.open : 0;
    if (open !== this.#open) yield [{ ...this.#sessions, open }];
    this.#open = open;
  }

  #take(line: string): Kept[] {
    const kept = parsed(line);
    this.process = kept?.process ?? this.process;
    if (kept?.type === 'sessions') this.#sessions = kept;
    return kept === undefined || kept.type === 'sessions' ? [] : [kept];
  }
}

function parsed(line: string): Kept | undefined {
  try {
    return keptSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
