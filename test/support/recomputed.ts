import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PastCall } from '../../src/metrics/past.ts';

interface Line {
  readonly chain_id: string;
  readonly seq: number;
  readonly kind: string;
  readonly time: string;
  readonly body: Record<string, never> & {
    readonly process?: string;
    readonly intent: number;
    readonly call: number;
    readonly tool: string;
    readonly status: string;
    readonly ms: number;
    readonly bytes: number;
    readonly redactions: readonly { detector: string; count: number }[];
    readonly caller: { surface?: string; client?: { name: string }; token?: { name: string } };
  };
}

/** The finished calls in a state directory: what the trail says, then what the journals add. Written for tests, the plain way. */
export function recomputed(home: string): PastCall[] {
  const lines = linesIn<Line>(join(home, 'audit'));
  const calls = new Map<string, PastCall>();
  for (const [chain, records] of Map.groupBy(lines, (line) => line.chain_id)) {
    const process = records.find(({ body }) => body.process !== undefined)?.body.process ?? chain;
    const intents = new Map(records.filter(({ kind }) => kind === 'intent').map((line) => [line.seq, line]));
    for (const { body } of records.filter(({ kind }) => kind === 'outcome')) {
      const intent = intents.get(body.intent);
      if (intent === undefined) throw new Error('an outcome without an intent');
      const { caller, call, tool } = intent.body;
      const covered: Record<string, number> = {};
      for (const { detector, count } of body.redactions) covered[detector] = (covered[detector] ?? 0) + count;
      calls.set(`${process} ${call}`, {
        type: 'call',
        at: Date.parse(intent.time),
        process,
        call,
        tool,
        client: caller.client?.name ?? `(${caller.surface})`,
        token: caller.token?.name,
        ms: body.ms,
        bytes: body.bytes,
        status: body.status,
        covered,
      });
    }
  }
  for (const kept of linesIn<PastCall>(join(home, 'metrics')).filter(({ type }) => type === 'call')) {
    const key = `${kept.process} ${kept.call}`;
    const known = calls.get(key);
    calls.set(key, known === undefined ? kept : { ...known, tokens: kept.tokens });
  }
  return [...calls.values()];
}

function linesIn<T>(folder: string): T[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1))
    .map((line) => JSON.parse(line) as T);
}
