import { causeText } from './words.ts';
import type { Incident } from '../../metrics/incidents.ts';
import type { Prices } from '../../metrics/prices.ts';
import type { NamedFigures, Report, SpanReport } from '../../metrics/report.ts';
import { mostSerious } from '../../metrics/serious.ts';
import type { L10n } from '../text/l10n.ts';
import { cellText, textTable } from '../text/table.ts';
import type { FiguresNow } from './figures.ts';
import { feedTable } from './render-feed.ts';
import { incidentKind } from './words.ts';

const NAME_WIDTH = 40;
const MOST_ROWS = 20;
const MOST_INCIDENTS = 20;

/** What the document shows besides figures. */
export interface ShownFigures extends FiguresNow {
  /** Where in the setting of prices the first fault is. */
  readonly priceFault?: string | undefined;
}

/** The text of the document of figures: sums, incidents, the latest calls of this window, and who made how many. */
export function renderFigures(l10n: L10n, shown: ShownFigures): string {
  const { report, prices, feed } = shown;
  const blocks = [
    l10n.t('Usage and incidents of all WorkOS MCP processes of yours on this machine'),
    [
      l10n.t('This document renews itself while it is seen.'),
      priceText(l10n, prices),
      ...faults(l10n, shown),
    ].join('\n'),
    summary(l10n, report),
    section(l10n.t('Incidents of the last 7 days'), incidentTable(l10n, report.incidents)),
    section(l10n.t('Latest calls of this window, after redaction'), feedTable(l10n, feed)),
    ...breakdown(l10n, report.spans['24h'], l10n.t('last 24 hours')),
    ...breakdown(l10n, report.spans['7d'], l10n.t('last 7 days')),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function faults(l10n: L10n, { problem, priceFault }: ShownFigures): string[] {
  const found: string[] = [];
  if (problem !== undefined) found.push(l10n.t('Only this window is counted: {0}', cellText(problem, 400)));
  if (priceFault !== undefined)
    found.push(
      l10n.t(
        'The setting workos.prices is not used, since it has a fault at “{0}”. Its description shows what it takes.',
        cellText(priceFault, 100),
      ),
    );
  return found;
}

function priceText(l10n: L10n, { currency, clients }: Prices): string {
  const { input, output } = clients['*'] ?? { input: 0, output: 0 };
  return l10n.t(
    'Costs are estimates, at {0} {1} per million tokens read and {2} written unless workos.prices says otherwise.',
    currency,
    input,
    output,
  );
}

function summary(l10n: L10n, { live_sessions: sessions, spans }: Report): string {
  const [day, week] = [spans['24h'], spans['7d']];
  const uncounted: [string, (span: SpanReport) => string] = [
    l10n.t('Calls without token count'),
    ({ tokens }) => whole(tokens.uncounted_calls),
  ];
  const rows: [string, (span: SpanReport) => string][] = [
    [l10n.t('Requests'), ({ requests }) => whole(requests)],
    [l10n.t('P95 latency'), ({ latency_ms: { p95 } }) => `${p95.toFixed(0)} ms`],
    [l10n.t('Error rate'), ({ error_rate: rate }) => `${(100 * rate).toFixed(1)} %`],
    [l10n.t('Avg response'), ({ latency_ms: { avg } }) => `${avg.toFixed(0)} ms`],
    [l10n.t('Slowest tool'), ({ slowest_tool: tool }) => cellText(tool ?? '–', NAME_WIDTH)],
    [l10n.t('Busiest tool'), ({ busiest_tool: tool }) => cellText(tool ?? '–', NAME_WIDTH)],
    [
      l10n.t('Active clients'),
      ({ active_clients: clients, more_active_clients: more }) => `${whole(clients)}${more ? '+' : ''}`,
    ],
    [l10n.t('Last activity'), ({ last_activity: last }) => (last === null ? '–' : clock(Date.parse(last)))],
    [l10n.t('Values masked'), ({ covered }) => whole(covered)],
    [l10n.t('Tokens read'), ({ tokens }) => whole(tokens.result)],
    [l10n.t('Tokens written'), ({ tokens }) => whole(tokens.arguments)],
    [l10n.t('Tokens saved by shaping'), ({ tokens }) => whole(tokens.saved_by_shaping)],
    ...(week.tokens.uncounted_calls === 0 ? [] : [uncounted]),
    [l10n.t('Cost (estimate)'), ({ estimated_cost: { spent, currency } }) => money(spent, currency)],
    [l10n.t('Saved (estimate)'), ({ estimated_cost: { saved, currency } }) => money(saved, currency)],
  ];
  const table = textTable([
    { title: '', cells: rows.map(([label]) => label) },
    { title: l10n.t('Last 24 hours'), cells: rows.map(([, of]) => of(day)), right: true },
    { title: l10n.t('Last 7 days'), cells: rows.map(([, of]) => of(week)), right: true },
  ]);
  return `${table}\n\n${l10n.t('Live sessions now: {0}', sessions)}`;
}

function incidentTable(l10n: L10n, incidents: readonly Incident[]): string {
  const { shown: rows, hidden } = mostSerious(incidents, MOST_INCIDENTS);
  if (rows.length === 0) return l10n.t('None.');
  const table = textTable([
    { title: l10n.t('Last (UTC)'), cells: rows.map(({ last }) => clock(last)) },
    { title: l10n.t('Kind'), cells: rows.map(({ kind }) => incidentKind(l10n, kind)) },
    { title: l10n.t('Count'), cells: rows.map(({ count }) => whole(count)), right: true },
    { title: l10n.t('Tool'), cells: rows.map(({ tool = '' }) => cellText(tool, NAME_WIDTH)) },
    { title: l10n.t('Client'), cells: rows.map(({ client = '' }) => cellText(client, NAME_WIDTH)) },
    { title: l10n.t('Cause'), cells: rows.map(({ cause }) => causeText(cause)) },
  ]);
  if (hidden === 0) return table;
  return `${table}\n${l10n.t('Not shown: {0} less serious or older; “workos-mcp stats --json” has all.', hidden)}`;
}

function breakdown(l10n: L10n, span: SpanReport, when: string): string[] {
  const groups: [string, string, readonly NamedFigures[]][] = [
    [l10n.t('By tool, {0}', when), l10n.t('Tool'), span.tools],
    [l10n.t('By client, {0}', when), l10n.t('Client'), span.clients],
    [l10n.t('By process, {0}', when), l10n.t('Process'), span.processes],
    [l10n.t('By connection token, {0}', when), l10n.t('Connection token'), span.connection_tokens],
  ];
  return groups.map(([heading, title, rows]) =>
    rows.length === 0 ? '' : section(heading, figureTable(l10n, title, rows.slice(0, MOST_ROWS))),
  );
}

function figureTable(l10n: L10n, title: string, rows: readonly NamedFigures[]): string {
  const column = (of: string, cell: (row: NamedFigures) => string) => ({
    title: of,
    cells: rows.map(cell),
    right: true,
  });
  return textTable([
    { title, cells: rows.map(({ name }) => cellText(name, NAME_WIDTH)) },
    column(l10n.t('Requests'), ({ requests }) => whole(requests)),
    column(l10n.t('Errors'), ({ errors }) => whole(errors)),
    column(l10n.t('Avg ms'), ({ latency_ms: { avg } }) => avg.toFixed(0)),
    column(l10n.t('P95 ms'), ({ latency_ms: { p95 } }) => p95.toFixed(0)),
    column(l10n.t('Tokens'), ({ tokens }) => whole(tokens.result + tokens.arguments)),
    column(l10n.t('Cost (estimate)'), ({ estimated_cost: { spent, currency } }) => money(spent, currency)),
  ]);
}

function section(heading: string, body: string): string {
  return `${heading}\n\n${body}`;
}

function whole(value: number): string {
  return value.toLocaleString('en-US');
}

function money(amount: number, currency: string): string {
  return `${currency} ${amount.toFixed(amount < 1 ? 4 : 2)}`;
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
