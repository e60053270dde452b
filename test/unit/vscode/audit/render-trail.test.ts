import { describe, expect, it } from 'vitest';
import { latestEntries } from '../../../../src/audit/latest.ts';
import { recordCalls } from '../../../../src/audit/record-calls.ts';
import { renderTrail } from '../../../../src/vscode/audit/render-trail.ts';
import { start, add, firstName } from '../account-window.ts';
import { startAccount } from '../../../support/account.ts';
import { auditOf, newHome, trailIn } from '../../audit/support.ts';
import { english } from '../english.ts';

const read = new Date('2026-03-01T10:00:00.000Z');
const RULES = { server: '0.1.0', contract: 'c', policy: () => 'p' };

describe('the document of the audit trail', () => {
  it('says who did what, and what came of it, with nothing in it that acts', async () => {
    const dir = newHome();
    const trail = await trailIn(dir);
    const window = start({ audit: (environment) => recordCalls(trail, environment, RULES) });
    await add(window, await startAccount(), 'Staging');
    expect(await firstName(window)).toBe('Acme Corp');
    const client = { name: 'evil\u202E [x](https://evil.example) \u0007', version: '1' };
    const caller = { kind: 'agent', session: 's', client } as const;
    await window.accounts.invoke('list_workos_organizations', { limit: 1 }, caller);
    await trail.event('kill.stopped', { by: { kind: 'person', surface: 'vscode' } });
    await trail.close();
    const audit = auditOf(dir);
    const text = renderTrail(english, { entries: latestEntries(audit, 100), read, audit });
    const rows = text.split('\n');
    expect(rows[0]).toBe('Audit trail: the latest 5 records of all programs on this machine');
    expect(rows.find((row) => row.includes('kill.stopped'))).toContain('person (vscode)');
    const [byAgent, byPerson] = rows.filter((row) => row.includes('list_workos_organizations'));
    expect(byPerson).toMatch(/command +list_workos_organizations +sandbox +allowed +ok/u);
    expect(byAgent).toContain('evil');
    for (const acting of ['https://evil', '\u202E', '\u0007']) expect(text).not.toContain(acting);
    expect(text).not.toContain('Acme');
  });

  it('says that there is nothing', () => {
    expect(renderTrail(english, { entries: [], read, audit: '/x' })).toContain('There are no records yet.');
  });
});
