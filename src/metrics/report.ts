import type { Cell } from './cell.ts';
import type { Incident } from './incidents.ts';
import { isOurs, OTHER } from './labels.ts';
import type { Dimension, SPANS, Sums } from './window.ts';

/** Figures of some calls. Times are ISO 8601, durations milliseconds. */
export interface Figures {
  readonly requests: number;
  readonly errors: number;
  /** From 0 to 1. */
  readonly error_rate: number;
  readonly latency_ms: {
    readonly avg: number;
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly max: number;
  };
  readonly bytes: number;
  /** How many values were covered in results. */
  readonly covered: number;
  readonly last_activity: string | null;
  readonly tokens: {
    /** What models wrote to make the calls, and what they read of them. */
    readonly arguments: number;
    readonly result: number;
    readonly saved_by_shaping: number;
    /** Calls whose tokens were estimated from the text, not counted by a tokenizer. */
    readonly estimated_calls: number;
    /** Agents' calls that are in none of these sums: nobody has counted their tokens yet, or their process was killed before. */
    readonly uncounted_calls: number;
  };
  /** An estimate: which model a client uses, and what it pays, is not known. */
  readonly estimated_cost: { readonly currency: string; readonly spent: number; readonly saved: number };
}

export type NamedFigures = Figures & { readonly name: string };

/** Figures of a span of time. */
export interface SpanReport extends Figures {
  readonly since: string;
  /** With the highest average. */
  readonly slowest_tool: string | null;
  readonly busiest_tool: string | null;
  /** Agents' clients with figures of their own; a person at this machine is none. */
  readonly active_clients: number;
  /** There are at least so many: others are counted together, as `(other)`. */
  readonly more_active_clients: boolean;
  readonly tools: readonly NamedFigures[];
  readonly clients: readonly NamedFigures[];
  readonly processes: readonly NamedFigures[];
  /** By connection token, under its latest name; calls that came without one are in none. */
  readonly connection_tokens: readonly NamedFigures[];
}

export interface Report {
  readonly time: string;
  readonly live_sessions: number;
  readonly spans: Readonly<Record<keyof typeof SPANS, SpanReport>>;
  readonly incidents: readonly Incident[];
}

/** The figures of a span; `tokenName` is what a connection token is called now. */
export function reportSpan(
  { since, all, by }: Sums,
  currency: string,
  tokenName: (id: string) => string,
): SpanReport {
  const named = (dimension: Dimension, nameOf = (label: string) => label): NamedFigures[] =>
    Array.from(by[dimension], ([label, cell]) => ({ name: nameOf(label), ...figures(cell, currency) })).sort(
      (a, b) => b.requests - a.requests || (a.name < b.name ? -1 : 1),
    );
  const tools = named('tool');
  const clients = named('client');
  return {
    since: new Date(since).toISOString(),
    ...figures(all, currency),
    slowest_tool: tools.toSorted((a, b) => b.latency_ms.avg - a.latency_ms.avg)[0]?.name ?? null,
    busiest_tool: tools[0]?.name ?? null,
    active_clients: clients.filter(({ name }) => !isOurs(name)).length,
    more_active_clients: by.client.has(OTHER),
    tools,
    clients,
    processes: named('process'),
    connection_tokens: named('token', tokenName),
  };
}

function figures(cell: Cell, currency: string): Figures {
  const { calls, errors, ms, longestMs, bytes, covered, last, latency } = cell;
  const quantile = (share: number) => rounded(Math.min(latency.quantile(share), longestMs));
  return {
    requests: calls,
    errors,
    error_rate: calls === 0 ? 0 : errors / calls,
    latency_ms: {
      avg: calls === 0 ? 0 : rounded(ms / calls),
      p50: quantile(0.5),
      p95: quantile(0.95),
      p99: quantile(0.99),
      max: rounded(longestMs),
    },
    bytes,
    covered,
    last_activity: last === 0 ? null : new Date(last).toISOString(),
    tokens: {
      arguments: cell.argumentTokens,
      result: cell.resultTokens,
      saved_by_shaping: cell.savedTokens,
      estimated_calls: cell.estimated,
      uncounted_calls: Math.max(0, cell.uncounted),
    },
    estimated_cost: { currency, spent: rounded(cell.cost), saved: rounded(cell.savedCost) },
  };
}

/** Without the digits that nobody reads. */
function rounded(value: number): number {
  return Number(value.toFixed(6));
}
