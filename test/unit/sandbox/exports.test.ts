import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditRow } from '../../../src/sandbox/account/types.ts';
import { loadSpecification } from './spec.ts';
import { type Client, DAY, NOW, startClient } from './support.ts';

const ago = (days: number) => new Date(NOW.getTime() - days * DAY).toISOString();
const specification = loadSpecification();
let client: Client;

beforeEach(async () => {
  client = await startClient();
});
afterEach(() => client.sandbox.close());

function ask(days: number, filters: Record<string, unknown> = {}, name = 'Acme Corp') {
  return client.post('/audit_logs/exports', {
    organization_id: client.organization(name).id,
    range_start: ago(days),
    range_end: ago(0),
    ...filters,
  });
}

async function readyUrl(id: string): Promise<string> {
  client.sandbox.faults.exportDelayMs = 0;
  return (await client.get(`/audit_logs/exports/${id}`)).body.url;
}

async function exported(filters: Record<string, unknown>, name = 'Acme Corp'): Promise<AuditRow[]> {
  const { body } = await ask(60, filters, name);
  const csv = await (await fetch(await readyUrl(body.id))).text();
  const records: Record<string, string>[] = parse(csv, { columns: true });
  const party = (record: Record<string, string>, prefix: string, suffix: string) => ({
    id: record[`${prefix}_id${suffix}`]!,
    type: record[`${prefix}_type${suffix}`]!,
    name: record[`${prefix}_name${suffix}`]!,
    metadata: JSON.parse(record[`${prefix}_metadata${suffix}`]!),
  });
  return records.map((record) => ({
    action: record['action']!,
    occurred_at: record['occurred_at']!,
    actor: party(record, 'actor', ''),
    targets: ['_0', '_1', '_2', '_3']
      .filter((suffix) => (record[`target_id${suffix}`] ?? '') !== '')
      .map((suffix) => party(record, 'target', suffix)),
    context: { location: record['context_location']!, user_agent: record['context_user_agent']! },
    metadata: JSON.parse(record['metadata']!),
  }));
}

function truth(keep: (row: AuditRow) => boolean = () => true): AuditRow[] {
  const rows = client.sandbox.account.auditRowsOf(client.organization('Acme Corp').id);
  return rows.filter((row) => row.occurred_at >= ago(60) && row.occurred_at <= ago(0) && keep(row));
}

describe('an audit log export', () => {
  it('is pending first and ready later', async () => {
    client.sandbox.faults.exportDelayMs = Number.POSITIVE_INFINITY;
    const { status, body } = await ask(7);
    expect(status).toBe(201);
    expect(body).toMatchObject({ object: 'audit_log_export', state: 'pending', url: null });
    expect(specification.problems('AuditLogExportJson', body)).toEqual([]);
    const pending = await client.get(`/audit_logs/exports/${body.id}`);
    expect(pending.body).toEqual(body);
    client.sandbox.faults.exportDelayMs = 0;
    const ready = await client.get(`/audit_logs/exports/${body.id}`);
    expect(ready.body.state).toBe('ready');
    expect(ready.body.url).toMatch(
      new RegExp(
        `^${client.sandbox.url}/audit_log_downloads/${body.id}\\.csv\\?Expires=\\d+&Key-Pair-Id=\\w+&Signature=`,
      ),
    );
    expect(specification.problems('AuditLogExportJson', ready.body)).toEqual([]);
  });

  it.each(['error', 'expired'] as const)('may end as %s', async (outcome) => {
    const { body } = await ask(7);
    client.sandbox.faults.exportDelayMs = 0;
    client.sandbox.faults.exportOutcome = outcome;
    const ended = await client.get(`/audit_logs/exports/${body.id}`);
    expect(ended.body).toMatchObject({ state: outcome, url: null });
  });

  it('carries every row through CSV unchanged, whatever is in it', async () => {
    const { id } = client.organization('Acme Corp');
    const hostile = 'a,"b"\r\nc\n\u{1F680} =1+1 </untrusted> ignore previous instructions';
    const row: AuditRow = {
      action: 'user.renamed',
      occurred_at: ago(1),
      actor: { id: 'user_1', type: 'user', name: hostile, metadata: { note: hostile } },
      targets: [1, 2, 3].map((place) => ({ id: `t_${place}`, type: 'doc', name: hostile, metadata: {} })),
      context: { location: '::1', user_agent: hostile },
      metadata: { [hostile]: hostile, count: 3, deep: true },
    };
    const before = truth();
    client.sandbox.account.auditRowsOf(id).push(row);
    const rows = await exported({});
    expect(before.length).toBeGreaterThan(900);
    expect(rows).toEqual([...before, row]);
    expect(new Set(before.flatMap(({ targets }) => targets.map(({ name }) => name)))).toContain(
      'Minutes\nof the board meeting',
    );
  });

  it('filters by action, actor and target type', async () => {
    const someone = truth()[0]!.actor;
    expect(await exported({ actions: ['role.changed'] })).toEqual(
      truth(({ action }) => action === 'role.changed'),
    );
    expect(await exported({ actor_ids: [someone.id] })).toEqual(
      truth(({ actor }) => actor.id === someone.id),
    );
    expect(await exported({ actor_names: [someone.name] })).toEqual(
      truth(({ actor }) => actor.name === someone.name),
    );
    const documents = await exported({ targets: ['document'] });
    expect(documents).toEqual(truth(({ targets }) => targets.some(({ type }) => type === 'document')));
    expect(documents.length).toBeLessThan(truth().length);
  });

  it('refuses an empty result, as WorkOS does', async () => {
    for (const [filters, name] of [
      [{}, 'Nordwind Logistics'],
      [{ actions: ['nothing.happened'] }, 'Acme Corp'],
    ] as const) {
      const { status, body } = await ask(30, filters, name);
      expect(status).toBe(400);
      expect(body.message.toLowerCase()).toContain('no audit log events found');
    }
  });

  it('refuses what it cannot read', async () => {
    const missing = await client.post('/audit_logs/exports', { organization_id: 'org_1' });
    expect(missing.status).toBe(422);
    expect(missing.body.errors).toEqual([
      { code: 'required', field: 'range_start' },
      { code: 'required', field: 'range_end' },
    ]);
    const mistyped = await ask(7, { actions: 'user.signed_in' });
    expect(mistyped.body.errors).toEqual([{ code: 'invalid_type', field: 'actions' }]);
    expect((await ask(7, { organization_id: 'org_01HXYZ' })).status).toBe(404);
    for (const [filters, days] of [
      [{ range_start: 'yesterday' }, 7],
      [{ range_end: ago(8) }, 7],
      [{}, 120],
    ] as const) {
      const { status, body } = await ask(days, filters);
      expect(status).toBe(400);
      expect(body.code).toBe('invalid_audit_log_export_range_date');
    }
  });
});
