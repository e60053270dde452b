import { OTHER } from './labels.ts';
import { MOST_LABELS } from './window.ts';
import type { PastCall, TokenUse } from './past.ts';

/** Upper edges of the steps in which durations are told, in seconds. */
export const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120] as const;

/** Calls of a tool by how long they took; counts per step, the last one is for what took longer. */
export interface Durations {
  readonly counts: number[];
  seconds: number;
}

/** Sums since the process began, which only ever grow: for those that compute rates themselves. */
export class Totals {
  /** By tool and status. */
  readonly calls = new Map<string, Map<string, number>>();
  readonly clients = new Map<string, number>();
  readonly durations = new Map<string, Durations>();
  readonly bytes = new Map<string, number>();
  /** By tool and what the tokens are. */
  readonly tokens = new Map<string, Map<'arguments' | 'result' | 'saved', number>>();
  readonly covered = new Map<string, number>();
  /** When the last call began, in milliseconds since 1970; 0 before the first. */
  last = 0;

  addCall({ at, tool, client, ms, bytes, status, covered = {} }: PastCall): void {
    const statuses = inner(this.calls, tool);
    add(statuses, status, 1);
    // A name keeps its place, or a sum could shrink: who comes late is counted with the others.
    const isKnown = this.clients.has(client) || this.clients.size < MOST_LABELS.client;
    add(this.clients, isKnown ? client : OTHER, 1);
    add(this.bytes, tool, bytes);
    for (const [kind, count] of Object.entries(covered)) add(this.covered, kind, count);
    this.#addDuration(tool, ms / 1000);
    this.last = Math.max(this.last, at);
  }

  addTokens(tool: string, { arguments: written, result, saved }: TokenUse): void {
    const tokens = inner(this.tokens, tool);
    add(tokens, 'arguments', written);
    add(tokens, 'result', result);
    add(tokens, 'saved', saved);
  }

  #addDuration(tool: string, seconds: number): void {
    const durations = this.durations.get(tool) ?? { counts: [...SECONDS, 0].map(() => 0), seconds: 0 };
    this.durations.set(tool, durations);
    const step = SECONDS.findIndex((edge) => seconds <= edge);
    const index = step === -1 ? SECONDS.length : step;
    durations.counts[index] = (durations.counts[index] ?? 0) + 1;
    durations.seconds += seconds;
  }
}

function add<K>(sums: Map<K, number>, key: K, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

function inner<K>(sums: Map<string, Map<K, number>>, key: string): Map<K, number> {
  const found = sums.get(key) ?? new Map<K, number>();
  sums.set(key, found);
  return found;
}
