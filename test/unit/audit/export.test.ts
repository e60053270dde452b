import { appendFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { StateDir } from '../../../src/access/state-dir.ts';
import { toCef } from '../../../src/audit/export/cef.ts';
import { joinCalls, readEntries } from '../../../src/audit/export/entries.ts';
import { toOcsf } from '../../../src/audit/export/ocsf.ts';
import { COLUMNS, toRow } from '../../../src/audit/export/rows.ts';
import { describeRecord } from '../../../src/audit/tail.ts';
import { asRecord } from '../../../src/audit/verify/shapes.ts';
import { toCsv } from '../../../src/shared/csv.ts';
import { auditOf, filesOf, handClock, linesOf, newHome, recordsOf, trailIn } from './support.ts';

const DAY = 86_400_000;
/** What a client may call itself. */
const CLIENT = '=HYPERLINK("http://x") | a\\b c=d';
let dir: StateDir;

beforeAll(async () => {
  dir = newHome();
  const now = handClock();
  const limits = { fileMs: 90 * DAY, sessionMs: 90 * DAY, checkpointMs: 90 * DAY };
  const trail = await trailIn(dir, { now, limits });
  const call = async (n: number, end?: object) => {
    const token = { id: 'tok_1', name: 'CI' };
    const caller = { kind: 'agent', session: 's', client: { name: CLIENT, version: '1' }, token };
    const common = { call: n, tool: 'create_workos_organization', verb: 'mutation' };
    const more = { caller, environment: { id: 'e', kind: 'production' }, os_user: 'zoë', args_hmac: 'ab' };
    const resources = ['org_1'];
    const intent = await trail.before(
      () => ({ kind: 'intent', body: { ...common, ...more, resources } }),
      false,
    );
    now.pass(1);
    if (end) trail.after(() => ({ kind: 'outcome', body: { ...common, intent, ...end } }));
  };
  const redactions = [
    { path: 'items[].email', detector: 'email', count: 2 },
    { path: 'name', detector: 'iban', count: 1 },
  ];
  const approvals = [
    { state: 'asked', code: 'ABCD-2345' },
    { state: 'given', by: 'terminal' },
  ];
  const upstream = [
    { method: 'POST', path: '/organizations' },
    { request_id: 'req_1' },
    { request_id: 'req_2' },
  ];
  const made = { approvals, upstream, resources: ['org_2', 'org_1'] };
  const answer = { ms: 12, bytes: 34, redactions, result_hash: 'cd' };
  await call(1, { status: 'ok', decision: 'confirm', ...answer, ...made });
  await call(2, { status: 'READ_ONLY', decision: 'deny', ms: 1, bytes: 5, redactions: [] });
  await vi.waitUntil(() => linesOf(dir).length === 5);
  now.pass(10 * DAY);
  await call(3);
  await trail.event('kill.stopped', { by: 'line\nbreak' });
  await trail.close();
});

const entries = () => joinCalls(readEntries(auditOf(dir)).entries);

describe('an export', () => {
  it('has each record as it is, or each call once', () => {
    const all = readEntries(auditOf(dir));
    expect(all.entries.map(({ line }) => line)).toEqual(linesOf(dir));
    expect(entries().map(({ record }) => record.kind)).toEqual([
      'start',
      'outcome',
      'outcome',
      'intent',
      'event',
      'stop',
    ]);
  });

  it('has what is new since a time, and still knows who called', () => {
    const [, , outcome] = recordsOf(dir);
    const [first] = readEntries(auditOf(dir), String(outcome!['time'])).entries;
    expect(first).toMatchObject({
      record: { kind: 'outcome' },
      intent: { seq: 1 },
      origin: { kind: 'start' },
    });
    const late = new Date(Date.parse(String(outcome!['time'])) + 5 * DAY).toISOString();
    expect(joinCalls(readEntries(auditOf(dir), late).entries).map(({ record }) => record.kind)).toEqual([
      'intent',
      'event',
      'stop',
    ]);
  });

  it('counts what is no record', async () => {
    const other = newHome();
    await (await trailIn(other)).close();
    appendFileSync(filesOf(other)[0]!, 'x\n{"v":1}\n');
    expect(readEntries(auditOf(other))).toMatchObject({ unreadable: 2, entries: { length: 2 } });
  });

  it('as OCSF is an API Activity', () => {
    const [start, made, refused, open, event] = entries().map(toOcsf);
    expect(made).toMatchObject({
      category_uid: 6,
      class_uid: 6003,
      activity_id: 1,
      type_uid: 600301,
      severity_id: 1,
      time: Date.parse('2026-03-01T10:00:00.001Z'),
      duration: 12,
      status_id: 1,
      metadata: { version: '1.4.0', product: { name: 'workos-mcp', version: '0.1.0' }, sequence: 2 },
      actor: { user: { name: 'zoë' }, app_name: `${CLIENT} 1`, session: { uid: 's' } },
      api: { operation: 'create_workos_organization', service: { name: 'workos-mcp' } },
      src_endpoint: { name: 'localhost' },
      resources: [{ uid: 'org_1' }, { uid: 'org_2' }],
      unmapped: {
        environment: 'production',
        args_hmac: 'ab',
        result_hash: 'cd',
        redactions: 3,
        actor: 'agent',
        token: 'CI',
        token_id: 'tok_1',
        approved_by: 'terminal',
        request_ids: ['req_1', 'req_2'],
      },
    });
    expect(refused).toMatchObject({
      severity_id: 3,
      status_id: 2,
      status_code: 'READ_ONLY',
      api: { response: { error: 'READ_ONLY' } },
    });
    expect(open).toMatchObject({ status_id: 0, type_uid: 600301 });
    expect(start).toMatchObject({ activity_id: 99, type_uid: 600399, activity_name: 'start' });
    expect(event).toMatchObject({
      activity_name: 'kill.stopped',
      unmapped: { details: { details: { by: 'line\nbreak' } } },
    });
  });

  it('as CEF keeps to one line, whatever the names', () => {
    const [, made, refused] = entries().map(toCef);
    expect(made).toMatch(
      /^CEF:0\|workos-mcp\|workos-mcp\|0\.1\.0\|outcome\|create_workos_organization\|3\|rt=\d+ /u,
    );
    expect(made).toContain(
      String.raw`requestClientApplication=\=HYPERLINK("http://x") | a\\b c\=d act=confirm`,
    );
    expect(refused).toContain('|7|');
    expect(refused).not.toContain('cs5');
    expect(entries().map(toCef).join('')).not.toContain('\n');
    const odd = { ...entries()[1]!.record, kind: 'a|b\\c\nd', body: {} };
    expect(toCef({ line: '', record: odd })).toContain(String.raw`|a\|b\\c d|`);
  });

  it('as CSV has no formulas', () => {
    const rows: Record<string, string>[] = parse(toCsv(COLUMNS, entries().map(toRow)), { columns: true });
    expect(rows).toHaveLength(6);
    expect(Object.keys(rows[0]!)).toEqual(COLUMNS);
    expect(rows[1]).toMatchObject({
      operation: 'create_workos_organization',
      status: 'ok',
      ms: '12',
      redactions: '3',
      seq: '2',
      client: `'${CLIENT}`,
      actor: 'agent',
      token: 'CI',
      token_id: 'tok_1',
      approved_by: 'terminal',
      resources: 'org_1 org_2',
      request_ids: 'req_1 req_2',
    });
  });
});

it('a line for a terminal shows nothing that moves the cursor', () => {
  const record = asRecord({
    ...recordsOf(dir)[1]!,
    body: { tool: '\u001b[2Jtool\nx', caller: { client: { name: '\u202eevil\u0007' } } },
  });
  const line = describeRecord(record!);
  expect(line).toContain('[2Jtool x');
  // oxlint-disable-next-line no-control-regex
  expect(line).not.toMatch(/[\u0000-\u001f\u202e]/u);
});
