import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventsCsv, eventsJson } from '../../../../src/vscode/events/export.ts';
import { filterEvents } from '../../../../src/vscode/events/filter.ts';
import { type EventReport, type EventRow, readEvents } from '../../../../src/vscode/events/read-events.ts';
import { renderEvents, type ShownEvents } from '../../../../src/vscode/events/render-events.ts';
import { newEvent } from '../../tools/objects.ts';
import { type Bench, startBench } from '../../tools/support.ts';
import { english } from '../english.ts';
import { invokeOn } from '../invoke.ts';

const EVIL = 'a\nb\u202E https://evil.example/\u0000';
const never = new AbortController().signal;
let bench: Bench;
let shown: ShownEvents;
const counted: number[] = [];

beforeAll(async () => {
  bench = await startBench();
  bench.sandbox.faults.exportDelayMs = 0;
  const { id, name } = bench.organization('Acme Corp');
  newEvent(bench.account, id, {
    event: 'authentication.sso_failed',
    data: { email: EVIL, ip_address: '=1+1', status: 'failed', error: { code: EVIL } },
  });
  const question = { organization: id, source: 'both', range: '30d' } as const;
  const report = await readEvents(invokeOn(bench), question, {
    signal: never,
    progress: (read) => void counted.push(read),
  });
  shown = { question, name, report, filter: '', whole: false };
});

const lines = (filter: string) => renderEvents(english, { ...shown, filter }).split('\n');
const row = (given: Partial<EventRow>): EventRow => ({ source: 'events', ...given });

describe('security events', () => {
  it('are read from both sources to their end, newest first', () => {
    const { rows, ending, audit_log } = shown.report;
    expect(ending).toBe('end');
    expect(counted.length).toBeGreaterThan(3);
    expect(counted.at(-1)).toBe(rows.length);
    expect(audit_log?.status).toBe('ready');
    expect(new Set(rows.map(({ source }) => source))).toEqual(new Set(['events', 'audit_log']));
    const times = rows.map(({ time }) => Date.parse(time!));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it('are shown with what was asked and how complete the answer is', () => {
    const [title, , environment, range, source, read] = lines('');
    expect(title).toBe(`Security events of Acme Corp (${shown.question.organization})`);
    expect(environment).toMatch(/^Environment {2}Sample account \(sandbox\)$/u);
    expect(range).toMatch(/^Range +Last 30 days: \d{4}-\d\d-\d\d [\d:]+ UTC - /u);
    expect(source).toMatch(/^Source +WorkOS events and audit log$/u);
    expect(read).toMatch(new RegExp(`^Read +${shown.report.rows.length} events, .* Complete\\.$`, 'u'));
  });

  it('stand in one aligned line each, whatever is in them', () => {
    const text = renderEvents(english, shown);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(text).not.toContain('://');
    const table = text.trimEnd().split('\n\n')[2]!.split('\n');
    expect(table).toHaveLength(shown.report.rows.length + 2);
    const column = table[0]!.indexOf('Actor');
    expect(column).toBeGreaterThan(0);
    for (const line of table.slice(2)) expect(line.slice(column - 2, column)).toBe('  ');
    expect(table[2]).toContain('authentication.sso_failed');
  });

  it('that were cancelled or cut short say so', () => {
    const changed = (parts: Partial<EventReport>) =>
      renderEvents(english, { ...shown, report: { ...shown.report, ...parts } });
    expect(changed({ ending: 'cancelled' })).toContain('Partial: reading was cancelled.');
    expect(changed({ ending: 'full' })).toContain('Partial: only the newest 5000 are read.');
    const lost = { ...shown.report.audit_log!, status: 'unavailable', note: 'No access.' } as const;
    expect(changed({ audit_log: lost })).toContain('Partial: the audit log is missing.');
    expect(changed({ audit_log: lost })).toMatch(/Audit log +could not be read: No access\./u);
    expect(changed({ rows: [] })).toContain('No events.');
  });

  it('keep what was read when the person cancels', async () => {
    const stop = new AbortController();
    const report = await readEvents(invokeOn(bench), shown.question, {
      signal: stop.signal,
      progress: () => stop.abort(),
    });
    expect(report.ending).toBe('cancelled');
    expect(report.rows).toHaveLength(100);
  });
});

describe('security events that are read as agents see them', () => {
  it('say what is masked, over all pages, and are of the same times when they are read whole', async () => {
    const { id } = bench.organization('Acme Corp');
    for (let count = 0; count < 120; count += 1)
      newEvent(bench.account, id, { event: 'session.created', data: { email: 'DE89370400440532013000' } });
    const question = { organization: id, source: 'events', range: '30d' } as const;
    const options = { signal: never, progress: () => undefined };
    const masked = await readEvents(invokeOn(bench), question, { ...options, redacted: true });
    expect(masked.masked?.['iban']).toBeGreaterThanOrEqual(120);
    const text = (report: EventReport) => renderEvents(english, { ...shown, report });
    expect(text(masked)).not.toContain('DE89370400440532013000');
    expect(text(masked)).toContain('Select Show Values');
    const { from, to } = masked;
    const whole = await readEvents(invokeOn(bench), question, { ...options, times: { from, to } });
    expect([whole.from, whole.to, whole.masked]).toEqual([from, to, undefined]);
    expect(text(whole)).toContain('DE89370400440532013000');
    expect(whole.rows.map((each) => each.id)).toEqual(masked.rows.map((each) => each.id));
  });
});

describe('the filter of events', () => {
  const rows = [
    row({ type: 'login.failed', actor: { name: 'John Doe' }, ip: '192.0.2.1' }),
    row({ type: 'login.ok', actor: { name: 'Jane' }, metadata: { deep: { reason: 'Ünlikely' } } }),
    row({ type: 'sync', targets: [{ name: 'John Doe' }] }),
  ];
  it.each([
    ['', [0, 1, 2]],
    ['  ', [0, 1, 2]],
    ['login', [0, 1]],
    ['LOGIN john', [0]],
    ['john -login', [2]],
    ['-john', [1]],
    ['"john doe" 192.0', [0]],
    ['"john doe', [0, 2]],
    ['ünlikely', [1]],
    ['-', [0, 1, 2]],
    ['nobody', []],
  ])('“%s”', (filter, expected) => {
    expect(filterEvents(rows, filter)).toEqual(expected.map((at) => rows[at]));
  });

  it('is shown with how many it leaves', () => {
    const failed = filterEvents(shown.report.rows, 'sso_failed').length;
    expect(failed).toBeGreaterThan(0);
    const text = lines('sso_failed').join('\n');
    expect(text).toContain(`“sso_failed”: ${failed} of ${shown.report.rows.length}`);
    expect(lines('nobody at all').join('\n')).toContain('No event matches the filter.');
  });
});

describe('the export of events', () => {
  it('as CSV has every shown row whole, and no formulas', () => {
    const filtered = { ...shown, filter: 'sso_failed' };
    const rows = parse(eventsCsv(filtered), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(filterEvents(shown.report.rows, 'sso_failed').length);
    expect(rows[0]).toMatchObject({
      event: 'authentication.sso_failed',
      ip: "'=1+1",
      error: EVIL.replaceAll('\0', ''),
    });
    const all = parse(eventsCsv(shown));
    for (const cell of all.flat()) expect(cell).not.toMatch(/^[\s\p{Z}"]*[=+@-]/u);
  });

  it('as JSON says what was asked, and whether it is everything', () => {
    const json = JSON.parse(eventsJson({ ...shown, filter: 'sso_failed' })) as Record<string, unknown>;
    expect(json).toMatchObject({ complete: true, filter: 'sso_failed', source: 'both' });
    expect(json['events']).toEqual(filterEvents(shown.report.rows, 'sso_failed'));
  });
});
