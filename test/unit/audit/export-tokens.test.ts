import { expect, it } from 'vitest';
import { auditEvents } from '../../../src/audit/events.ts';
import { toCef } from '../../../src/audit/export/cef.ts';
import { readEntries } from '../../../src/audit/export/entries.ts';
import { toOcsf } from '../../../src/audit/export/ocsf.ts';
import { toRow } from '../../../src/audit/export/rows.ts';
import { describeRecord } from '../../../src/audit/tail.ts';
import { auditOf, newHome, trailIn } from './support.ts';

it('each export, and a line for a terminal, say which token was used, or changed by whom', async () => {
  const dir = newHome();
  const trail = await trailIn(dir);
  const by = { kind: 'person', surface: 'terminal' } as const;
  await auditEvents(trail).token('revoked', { id: 'tok_1', name: 'CI' }, by);
  const token = { id: 'tok_2', name: 'Bot' };
  const caller = { kind: 'agent', session: 's', client: { name: 'claude', version: '1' }, token };
  await trail.before(() => ({ kind: 'intent', body: { call: 1, tool: 'list_directories', caller } }), false);
  await trail.exported({ format: 'csv', since: null, records: 3 });
  await trail.close();
  const [, revoked, called, exported] = readEntries(auditOf(dir)).entries;
  expect(toRow(revoked!)).toMatchObject({
    actor: 'person',
    client: 'terminal',
    token: 'CI',
    token_id: 'tok_1',
  });
  expect(toRow(called!)).toMatchObject({ actor: 'agent', client: 'claude', token: 'Bot', token_id: 'tok_2' });
  expect(toOcsf(revoked!)).toMatchObject({ unmapped: { actor: 'person', token: 'CI', token_id: 'tok_1' } });
  expect(toCef(revoked!)).toMatch(/ flexString1Label=token flexString1=CI .*flexString2=tok_1$/u);
  expect(toCef(called!)).toContain('flexString2Label=tokenId flexString2=tok_2');
  expect(describeRecord(revoked!.record)).toMatch(/event {2}token\.revoked {2}terminal {2}token "CI"$/u);
  expect(describeRecord(called!.record)).toContain('claude  token "Bot"');
  expect(describeRecord(exported!.record)).toMatch(/export {2}csv, 3 records$/u);
});
