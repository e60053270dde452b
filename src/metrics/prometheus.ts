import type { Meter } from './meter.ts';
import { SECONDS } from './totals.ts';

/** What the text is, as scrapers expect it. */
export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

type Labels = Readonly<Record<string, string>>;
interface Sample {
  readonly labels?: Labels;
  readonly value: number;
  /** Of a histogram: `_bucket`, `_sum` or `_count`. */
  readonly suffix?: string;
}
interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** What this process measured since it began, in Prometheus' text format. Names of clients are the only texts from outside. */
export function prometheusText(meter: Meter, version: string): string {
  const { totals, incidents } = meter;
  const each = (sums: ReadonlyMap<string, number>, label: string): Sample[] =>
    [...sums].map(([name, value]) => ({ labels: { [label]: name }, value }));
  const nested = (sums: ReadonlyMap<string, ReadonlyMap<string, number>>, label: string): Sample[] =>
    [...sums].flatMap(([tool, inner]) =>
      [...inner].map(([name, value]) => ({ labels: { tool, [label]: name }, value })),
    );
  const clients = [...totals.clients].map(([client, value]) => ({
    labels: { client: plain(client) },
    value,
  }));
  return textOf([
    gauge('build_info', 'Version of this server.', [{ labels: { version }, value: 1 }]),
    gauge('sessions', 'Open MCP sessions.', [{ value: meter.liveSessions() }]),
    gauge('last_call_timestamp_seconds', 'When the last call began; 0 before the first.', [
      { value: totals.last / 1000 },
    ]),
    counter(
      'calls_total',
      'Finished calls, by status: ok or the code of the error.',
      nested(totals.calls, 'status'),
    ),
    counter('client_calls_total', 'Finished calls, by what the client calls itself.', merged(clients)),
    {
      name: 'workos_mcp_call_duration_seconds',
      type: 'histogram',
      help: 'How long calls took.',
      samples: durations(meter),
    },
    counter('result_bytes_total', 'Size of answers as JSON.', each(totals.bytes, 'tool')),
    counter(
      'tokens_total',
      'Tokens of agents’ calls: written as arguments, read as result, saved by shaping. Estimates.',
      nested(totals.tokens, 'use'),
    ),
    counter('covered_values_total', 'Values covered in results.', each(totals.covered, 'kind')),
    counter('incidents_total', 'What went wrong or was prevented.', each(incidents.counts(), 'kind')),
  ]);
}

const counter = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name: `workos_mcp_${name}`,
  type: 'counter',
  help,
  samples,
});
const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name: `workos_mcp_${name}`,
  type: 'gauge',
  help,
  samples,
});

function durations({ totals }: Meter): Sample[] {
  const samples: Sample[] = [];
  for (const [tool, { counts, seconds }] of totals.durations) {
    let passed = 0;
    for (const [index, count] of counts.entries()) {
      passed += count;
      const le = String(SECONDS[index] ?? '+Inf');
      samples.push({ suffix: '_bucket', labels: { tool, le }, value: passed });
    }
    samples.push({ suffix: '_sum', labels: { tool }, value: seconds });
    samples.push({ suffix: '_count', labels: { tool }, value: passed });
  }
  return samples;
}

/** A name without what could tell more than a name: an address becomes unreadable as one. */
function plain(client: string): string {
  return client.replace(/[^\w .()+/-]/gu, '_');
}

/** Names that became the same are one. */
function merged(
  samples: readonly { readonly labels: { client: string }; readonly value: number }[],
): Sample[] {
  const sums = new Map<string, number>();
  for (const { labels, value } of samples) sums.set(labels.client, (sums.get(labels.client) ?? 0) + value);
  return [...sums].map(([client, value]) => ({ labels: { client }, value }));
}

function textOf(families: readonly Family[]): string {
  return families.map(familyText).join('');
}

function familyText({ name, type, help, samples }: Family): string {
  const lines = samples.map(
    ({ labels, value, suffix = '' }) => `${name}${suffix}${labelText(labels)} ${value}\n`,
  );
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function labelText(labels: Labels = {}): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
