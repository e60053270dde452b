import { describe, expect, it } from 'vitest';
import { keyOf, truthOf } from './audit-truth.ts';
import { readAll } from './reading.ts';
import { type Bench, DAY, startBench } from './support.ts';

const TOOL = 'get_audit_log_events';
const organization = 'Umbra Health';
const creations = (bench: Bench) => bench.requests('POST', '/audit_logs/exports').length;

describe('the audit-log export', () => {
  it('is made once for the same question, and anew for another', async () => {
    const bench = await startBench();
    bench.sandbox.faults.exportDelayMs = 0;
    const ask = (input: object) =>
      bench.agent(TOOL, { organization, source: 'audit_log', limit: 3, ...input });
    const first = await ask({});
    const again = await ask({});
    expect(again.audit_log).toEqual(first.audit_log);
    expect(again.items).toEqual(first.items);
    expect(creations(bench)).toBe(1);
    const tenDaysAgo = new Date(Date.now() - 10 * 86_400_000).toISOString();
    const asked = [{ types: ['user.*'] }, { actor: 'a' }, { target: 'a' }, { from: tenDaysAgo }];
    for (const [place, input] of asked.entries()) {
      const other = await ask(input);
      expect(other.audit_log?.export_id).not.toBe(first.audit_log?.export_id);
      expect(creations(bench)).toBe(place + 2);
    }
    await bench.agent(TOOL, { organization: 'Acme Corp', source: 'audit_log', limit: 3 });
    expect(creations(bench)).toBe(6);
  });

  it('is not awaited longer than a call waits: events now, the rest by its id or by the cursor', async () => {
    const bench = await startBench({ patienceMs: 400 });
    bench.sandbox.faults.exportDelayMs = Number.POSITIVE_INFINITY;
    const told: string[] = [];
    const progress = ({ message }: { message: string }) => void told.push(message);
    const first = await bench.agent(TOOL, { organization, limit: 4 }, { progress });
    expect(told).toContain('Waiting for the audit-log export');
    expect(first).toMatchObject({ complete: false, audit_log: { status: 'pending', complete: false } });
    expect(first.items).toHaveLength(4);
    expect(new Set(first.items.map(({ source }) => source))).toEqual(new Set(['events']));
    const export_id = first.audit_log?.export_id;
    expect(first.audit_log?.note).toContain('export_id');

    bench.sandbox.faults.exportDelayMs = 0;
    const rows = await readAll(bench.person, TOOL, {
      organization,
      source: 'audit_log',
      limit: 100,
      export_id,
    });
    const { from = '', to = '' } = first.audit_log ?? {};
    const truth = truthOf(bench, bench.organization(organization).id, { from, to, sources: ['audit_log'] });
    expect(truth.length).toBeGreaterThan(20);
    expect(rows.items.map(keyOf)).toEqual(truth);
    expect(creations(bench)).toBe(1);

    const rest = await readAll(bench.person, TOOL, { organization, limit: 4, cursor: first.next_cursor });
    const keys = [...first.items, ...rest.items].map(keyOf);
    const all = truthOf(bench, bench.organization(organization).id, { from, to });
    expect(keys.toSorted()).toEqual(all.toSorted());
    expect(creations(bench)).toBe(1);
  });

  it.each(['error', 'expired'] as const)('that ends in %s does not hide the events', async (outcome) => {
    const bench = await startBench();
    bench.sandbox.faults.exportDelayMs = 0;
    bench.sandbox.faults.exportOutcome = outcome;
    const both = await bench.agent(TOOL, { organization, limit: 5 });
    expect(both.items).toHaveLength(5);
    expect(both.audit_log).toMatchObject({
      status: 'unavailable',
      complete: false,
      note: expect.stringContaining(`state ${outcome}`),
    });
    expect(both.complete).toBe(false);
    const alone = await bench.refused(TOOL, { organization, source: 'audit_log' });
    expect(alone).toMatchObject({ code: 'UPSTREAM_ERROR', message: expect.stringContaining(outcome) });
    bench.sandbox.faults.exportOutcome = 'ready';
    const again = await bench.agent(TOOL, { organization, source: 'audit_log' });
    expect(again.audit_log?.status).toBe('ready');
    expect(again.items.length).toBeGreaterThan(0);
  });

  it('that is refused leaves the events, never complete, on no page', async () => {
    const bench = await startBench();
    bench.sandbox.faults.exportDelayMs = 0;
    bench.sandbox.faults.set({
      kind: 'status',
      status: 403,
      match: ({ path }) => path === '/audit_logs/exports',
    });
    const range = { from: new Date(Date.now() - 40 * DAY).toISOString(), to: new Date().toISOString() };
    const seen: string[] = [];
    const notes: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const page = await bench.agent(TOOL, { organization, limit: 50, ...range, ...(cursor && { cursor }) });
      expect(page).toMatchObject({ complete: false, audit_log: { status: 'unavailable', complete: false } });
      notes.push(page.audit_log?.note);
      seen.push(...page.items.map(keyOf));
      cursor = page.next_cursor;
    } while (cursor !== undefined);
    expect(notes[0]).toContain('may not do that');
    expect(notes.length).toBeGreaterThan(1);
    expect(creations(bench)).toBe(1);
    const sources = ['events' as const];
    expect(seen).toEqual(truthOf(bench, bench.organization(organization).id, { ...range, sources }));
    expect(await bench.refused(TOOL, { organization, source: 'audit_log' })).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('that is empty is an empty result, explained by the configuration', async () => {
    const bench = await startBench();
    bench.sandbox.faults.exportDelayMs = 0;
    const off = await bench.agent(TOOL, { organization: 'Nordwind Logistics', source: 'audit_log' });
    expect(off).toMatchObject({ items: [], complete: true, audit_log: { status: 'empty', complete: true } });
    expect(off.audit_log?.note).toMatch(/audit logging is inactive for this organization/u);
    const both = await bench.agent(TOOL, { organization: 'Nordwind Logistics' });
    expect(both.items.length).toBeGreaterThan(0);
    expect(both.audit_log?.status).toBe('empty');
    const nothing = await bench.agent(TOOL, { organization, source: 'audit_log', types: ['no.such_action'] });
    expect(nothing.audit_log).toMatchObject({ status: 'empty' });
    expect(nothing.audit_log?.note).toMatch(/active and keeps events 180 days, but nothing matches/u);
    const filtered = await bench.agent(TOOL, {
      organization,
      source: 'audit_log',
      actor: 'nobody-like-this',
    });
    expect(filtered).toMatchObject({ items: [], complete: true, audit_log: { status: 'ready' } });
    expect(filtered.audit_log?.note).toContain('nothing matches');
  });

  it('answers only the question it was made for', async () => {
    const bench = await startBench();
    bench.sandbox.faults.exportDelayMs = 0;
    const made = await bench.agent(TOOL, { organization, source: 'audit_log' });
    const export_id = made.audit_log?.export_id;
    const again = await bench.agent(TOOL, { organization, source: 'audit_log', export_id });
    expect(again.items).toEqual(made.items);
    for (const other of [
      { organization: 'Acme Corp', export_id },
      { organization, actor: 'somebody', export_id },
      { organization, export_id: 'audit_log_export_01NO' },
    ]) {
      expect(await bench.refused(TOOL, { source: 'audit_log', ...other })).toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringMatching(/^export_id: /u),
        hint: expect.stringContaining('without export_id'),
      });
    }
    expect(creations(bench)).toBe(1);
  });

  it('never shows its address, signature or the key, and is downloaded without the key', async () => {
    const bench = await startBench();
    bench.sandbox.faults.exportDelayMs = 0;
    const shown = JSON.stringify(await bench.person(TOOL, { organization, limit: 100 }));
    for (const secret of [bench.sandbox.apiKey, 'Signature', 'Key-Pair-Id', 'audit_log_downloads', 'http']) {
      expect(shown).not.toContain(secret);
    }
    const downloads = bench.requests('GET', /^\/audit_log_downloads\//u);
    expect(downloads).toHaveLength(1);
    expect(downloads[0]).toMatchObject({ status: 200, authorization: false });
    bench.sandbox.faults.set({
      kind: 'truncate',
      match: ({ path }) => path.startsWith('/audit_log_downloads/'),
    });
    const broken = await bench.refused(TOOL, { organization, source: 'audit_log', types: ['user.*'] });
    expect(JSON.stringify(broken)).not.toMatch(/Signature|audit_log_downloads|sk_test|127\.0\.0\.1/u);
  });
});
