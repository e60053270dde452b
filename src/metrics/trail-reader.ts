import { z } from 'zod';
import type { AuditRecord } from '../audit/format.ts';
import { asRecord } from '../audit/verify/shapes.ts';
import { aboutEvent } from './event-causes.ts';
import { GrowingFile } from './growing-file.ts';
import { agentLabel, surfaceLabel, tokenLabels } from './labels.ts';
import type { PastCall, PastEvent } from './past.ts';

/** Calls under way, whose intents wait for their outcomes. */
const MOST_OPEN = 10_000;

const label = z.string().max(120);
const number = z.int().min(0);
const startSchema = z.object({ process: label });
const named = z.object({ name: z.string() });
const tokenSchema = named.extend({ id: z.string().optional() });
const intentSchema = z.object({
  call: number,
  tool: label,
  caller: z.union([
    z.object({ kind: z.literal('person'), surface: z.string() }),
    z.object({ kind: z.literal('agent'), client: named, token: tokenSchema.optional() }),
  ]),
});
const outcomeSchema = z.object({
  intent: number,
  status: label,
  ms: z.number().min(0),
  bytes: z.number().min(0),
  redactions: z.array(z.object({ detector: label, count: z.number().min(0) })),
});
const eventSchema = z.object({ name: z.string(), details: z.record(z.string(), z.unknown()) });

type Asked = Pick<PastCall, 'at' | 'call' | 'tool' | 'client' | 'token' | 'tokenId'>;

/** A chain of the audit trail, read on from where the last reading ended. Reads only; whether it is intact, `audit verify` says. */
export class ChainReader {
  readonly #files = new Map<string, GrowingFile>();
  readonly #asked = new Map<number, Asked>();
  /** Names the process until the chain says which it is of. */
  process: string;

  constructor(name: string) {
    this.process = name;
  }

  /** The finished calls and the events that were added. */
  async *read(paths: readonly string[]): AsyncGenerator<readonly (PastCall | PastEvent)[]> {
    for (const path of paths) {
      const file = this.#files.get(path) ?? new GrowingFile(path);
      this.#files.set(path, file);
      for await (const lines of file.lines()) {
        const records = lines.map(recordIn).filter((record) => record !== undefined);
        yield records.map((record) => this.#take(record)).filter((past) => past !== undefined);
      }
    }
  }

  #take({ kind, seq, time, body }: AuditRecord): PastCall | PastEvent | undefined {
    switch (kind) {
      case 'start':
      case 'continue':
        this.process = startSchema.safeParse(body).data?.process ?? this.process;
        return undefined;
      case 'intent':
        return this.#ask(seq, Date.parse(time), body);
      case 'outcome':
        return this.#end(body);
      case 'event': {
        const { name, details } = eventSchema.safeParse(body).data ?? {};
        const about = name === undefined ? undefined : aboutEvent(name, details);
        return about && { type: 'event', at: Date.parse(time), process: this.process, ...about };
      }
      default:
        return undefined;
    }
  }

  #ask(seq: number, at: number, body: AuditRecord['body']): undefined {
    const { call, tool, caller } = intentSchema.safeParse(body).data ?? {};
    if (call === undefined || tool === undefined || caller === undefined) return;
    const token = caller.kind === 'agent' ? caller.token : undefined;
    const client = caller.kind === 'agent' ? agentLabel(caller.client.name) : surfaceLabel(caller.surface);
    this.#asked.set(seq, { at, call, tool, client, ...(token && tokenLabels(token)) });
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > MOST_OPEN && oldest !== undefined) this.#asked.delete(oldest);
  }

  #end(body: AuditRecord['body']): PastCall | undefined {
    const ended = outcomeSchema.safeParse(body).data;
    if (ended === undefined) return undefined;
    const asked = this.#asked.get(ended.intent);
    if (asked === undefined) return undefined;
    const { intent, status, ms, bytes, redactions } = ended;
    this.#asked.delete(intent);
    const covered: Record<string, number> = {};
    for (const { detector, count } of redactions) covered[detector] = (covered[detector] ?? 0) + count;
    const found = redactions.length > 0 && { covered };
    return { type: 'call', process: this.process, ...asked, ms, bytes, status, ...found };
  }
}

function recordIn(line: string): AuditRecord | undefined {
  try {
    return asRecord(JSON.parse(line));
  } catch {
    return undefined;
  }
}
