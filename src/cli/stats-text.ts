import type { Prices } from '../metrics/prices.ts';
import type { Incident } from '../metrics/incidents.ts';
import type { NamedFigures, Report, SpanReport } from '../metrics/report.ts';
import { mostSerious } from '../metrics/serious.ts';
import { shortLine } from '../shared/text.ts';

const NAME_WIDTH = 27;
const LABEL_WIDTH = 24;
const VALUE_WIDTH = 28;
const MOST_ROWS = 10;
const MOST_INCIDENTS = 10;
/** Where there is nothing to say. */
const NONE = '–';

/** A report as a person reads it at a terminal. */
export function statsText(report: Report, prices: Prices): string {
  const { spans, incidents } = report;
  return [
    ...summary(report),
    ...table('tool', spans['24h'].tools),
    ...table('client', spans['24h'].clients),
    ...table('process', spans['24h'].processes),
    ...table('connection token', spans['24h'].connection_tokens),
    '',
    ...incidentList(incidents),
    costNote(prices),
  ].join('\n');
}

function summary({ live_sessions: sessions, spans }: Report): string[] {
  const { '24h': day, '7d': week } = spans;
  const line = (label: string, of: (span: SpanReport) => string) => row(label, of(day), of(week));
  const cost = (amount: number, currency: string) => `${currency} ${amount.toFixed(amount < 1 ? 4 : 2)}`;
  return [
    row('', 'past 24 hours', 'past 7 days'),
    line('Requests', ({ requests }) => whole(requests)),
    line(
      'Error rate',
      ofCalls(({ error_rate: rate }) => `${(100 * rate).toFixed(1)} %`),
    ),
    line(
      'Avg response',
      ofCalls(({ latency_ms: { avg } }) => `${avg.toFixed(0)} ms`),
    ),
    line(
      'P95 latency',
      ofCalls(({ latency_ms: { p95 } }) => `${p95.toFixed(0)} ms`),
    ),
    line('Slowest tool', ({ slowest_tool: tool }) => tool ?? NONE),
    line('Busiest tool', ({ busiest_tool: tool }) => tool ?? NONE),
    line(
      'Active clients',
      ({ active_clients: clients, more_active_clients: more }) => `${whole(clients)}${more ? '+' : ''}`,
    ),
    line('Last activity', ({ last_activity: last }) => (last === null ? NONE : clock(last))),
    line('Values masked', ({ covered }) => whole(covered)),
    line('Tokens read', ({ tokens }) => whole(tokens.result)),
    line('Tokens written', ({ tokens }) => whole(tokens.arguments)),
    line('Tokens saved by shaping', ({ tokens }) => whole(tokens.saved_by_shaping)),
    ...(week.tokens.uncounted_calls === 0
      ? []
      : [line('Calls, tokens unknown', ({ tokens }) => whole(tokens.uncounted_calls))]),
    line('Cost (estimate)', ({ estimated_cost: { spent, currency } }) => cost(spent, currency)),
    line('Saved (estimate)', ({ estimated_cost: { saved, currency } }) => cost(saved, currency)),
    row('Live sessions now', whole(sessions), ''),
  ];
}

/** Without calls there is no rate and no time, which is not the same as 0. */
function ofCalls(text: (span: SpanReport) => string): (span: SpanReport) => string {
  return (span) => (span.requests === 0 ? NONE : text(span));
}

function row(label: string, day: string, week: string): string {
  return `${label.padEnd(LABEL_WIDTH)}${day.padStart(VALUE_WIDTH)}${week.padStart(VALUE_WIDTH)}`.trimEnd();
}

function table(title: string, rows: readonly NamedFigures[]): string[] {
  if (rows.length === 0) return [];
  const head = ['calls', 'errors', 'avg ms', 'p95 ms', 'tokens', 'cost'];
  return [
    '',
    columns(`By ${title}, past 24 hours`, head),
    ...rows
      .slice(0, MOST_ROWS)
      .map(({ name, requests, errors, latency_ms: { avg, p95 }, tokens, estimated_cost: { spent } }) =>
        columns(`  ${shown(name)}`, [
          whole(requests),
          whole(errors),
          avg.toFixed(0),
          p95.toFixed(0),
          whole(tokens.result + tokens.arguments),
          spent.toFixed(4),
        ]),
      ),
  ];
}

function columns(name: string, values: readonly string[]): string {
  return `${name.padEnd(NAME_WIDTH + 4)}${values.map((value) => value.padStart(10)).join('')}`;
}

function incidentList(incidents: readonly Incident[]): string[] {
  const { shown: rows, hidden } = mostSerious(incidents, MOST_INCIDENTS);
  if (rows.length === 0) return [];
  const lines = rows.map(({ last, kind, cause, tool, client, count }) => {
    const where = [tool, client]
      .filter((part) => part !== undefined)
      .map(shown)
      .join(', ');
    return `  ${clock(new Date(last).toISOString())}  ${kind.padEnd(9)} ${count}×  ${shown(cause)}${where === '' ? '' : ` (${where})`}`;
  });
  const more =
    hidden === 0 ? [] : [`  Not shown: ${whole(hidden)} less serious or older (stats --json has all).`];
  return ['Incidents, past 7 days, most serious first', '', ...lines, ...more, ''];
}

function costNote({ currency, clients }: Prices): string {
  const { input, output } = clients['*'] ?? { input: 0, output: 0 };
  return `Tokens are those of o200k. Costs are estimates at ${currency} ${input} per million tokens read and ${output} written, unless --prices names others.`;
}

/** Names come from outside, and are cut so that the columns stay. */
function shown(text: string): string {
  return shortLine(text, text.includes(' ') ? 120 : NAME_WIDTH);
}

function whole(value: number): string {
  return value.toLocaleString('en-US');
}

function clock(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}Z`;
}
