import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { StateDir } from '../access/state-dir.ts';
import { EVENT_KINDS, type MetricsSource, type Past, type PastSessions } from './past.ts';

/** Where in the state directory the journals are. */
export const JOURNALS = 'metrics';
/** The name of a journal begins with when it began, so that names sort by age, and has the number of its process. */
export const JOURNAL_NAME = /^(\d{13})-(\d{1,10})-[\da-f]{8}\.jsonl$/u;

const label = z.string().max(120);
const amount = z.number().min(0);
const base = { at: amount, process: label };
const pastSchema: z.ZodType<Past> = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('call'),
    tool: label,
    client: label,
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
  }),
  z.object({ ...base, type: z.literal('sessions'), open: amount }),
]);

/** What all processes of this user have kept. A line that can't be read, as the last one of a process that was killed, is left out. Throws StateError when the directory can't be trusted. */
export function journalSource(dir: StateDir): MetricsSource {
  return {
    read: async function* (since) {
      dir.ensure();
      const folder = join(dir.path, JOURNALS);
      for (const name of await namesIn(folder)) {
        const pid = JOURNAL_NAME.exec(name)?.[2];
        if (pid !== undefined) yield* readJournal(join(folder, name), Number(pid), since);
      }
    },
  };
}

/** Oldest first; none where there is no such folder yet. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.toSorted((a, b) => (a < b ? -1 : 1));
}

async function* readJournal(file: string, pid: number, since: number): AsyncGenerator<Past> {
  let sessions: PastSessions | undefined;
  for await (const line of linesOf(file)) {
    const past = parsed(line);
    if (past?.type === 'sessions') sessions = past;
    else if (past !== undefined && past.at >= since) yield past;
  }
  if (sessions !== undefined && isRunning(pid)) yield sessions;
}

/** One that another process has just removed has nothing to say. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return;
  try {
    if ((await handle.stat()).isFile()) yield* handle.readLines();
  } finally {
    await handle.close().catch(() => undefined);
  }
}

function parsed(line: string): Past | undefined {
  try {
    return pastSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Only what runs has sessions. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
