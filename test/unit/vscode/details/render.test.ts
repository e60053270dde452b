import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src/shared/errors.ts';
import { renderDetails } from '../../../../src/vscode/details/render.ts';
import { parseTarget } from '../../../../src/vscode/details/target.ts';
import { startBench } from '../../tools/support.ts';
import { english } from '../english.ts';

const READ = new Date('2026-11-22T10:00:00Z');

describe('details', () => {
  it('say what is wrong and what to do before anything else', async () => {
    const bench = await startBench();
    const { id } = bench.organization('Umbra Health');
    const value = await bench.person('get_organization_details', { organization: id });
    const found = { kind: 'organization', outcome: { ok: true, value } } as const;
    const document = renderDetails(english, { id, found, read: READ, whole: false });
    const [title, head, findings, first] = document.split('\n').filter((line) => line !== '');
    expect(title).toBe('# Umbra Health');
    expect(head).toBe('Organization · Sample account (sandbox) · read 2026-11-22 10:00:00 UTC');
    expect(findings).toBe('## Findings');
    expect(first).toMatch(/^- \*\*High:\*\* Domain umbrahealth\.org failed verification/u);
    expect(document).toContain('What to do: ask somebody of the customer to sign in once.');
    expect(document).toContain('- `umbrahealth.org` – failed');
    expect(document).toMatch(/\*\*Umbra Entra ID Directory\*\* – linked · .* · 42 users · 8 groups – /u);
  });

  it('give the TXT record of a pending domain', async () => {
    const bench = await startBench();
    const pending = bench.account.organizations
      .flatMap(({ domains }) => domains)
      .find(({ state }) => state === 'pending')!;
    const value = await bench.person('get_organization_details', { organization: pending.organization_id });
    const found = { kind: 'organization', outcome: { ok: true, value } } as const;
    const document = renderDetails(english, {
      id: pending.organization_id,
      found,
      read: READ,
      whole: false,
    });
    expect(document).toContain(`TXT record, value: \`${pending.verification_token}\``);
    expect(document).toMatch(new RegExp(`\`${pending.domain}\` – pending, \\d+ days? left`, 'u'));
  });

  it('say why they could not be read and how to try again', () => {
    const error = new AppError({ code: 'NETWORK', message: 'No [way](x).', hint: 'Look at the cable.' });
    const found = { kind: 'directory', outcome: { ok: false, error } } as const;
    const document = renderDetails(english, { id: 'directory_01X', found, read: READ, whole: false });
    expect(document).toContain('**No \\[way\\](x).** (NETWORK)');
    expect(document).toContain('Look at the cable.');
    expect(document).toContain('select Refresh');
  });
});

describe('links and paths', () => {
  it.each([
    ['/organization/org_01ABC', { kind: 'organization', id: 'org_01ABC' }],
    ['/connection/conn_01ABC', { kind: 'connection', id: 'conn_01ABC' }],
    ['/directory/directory_01ABC', { kind: 'directory', id: 'directory_01ABC' }],
  ])('%s names an object', (path, target) => {
    expect(parseTarget(path, { titled: false })).toEqual(target);
    expect(parseTarget(`${path}/Title.md`, { titled: true })).toEqual(target);
  });

  it.each([
    '',
    '/',
    '/organization',
    '/organization/',
    '/organization/Acme Corp',
    '/organization/conn_01ABC',
    '/organization/org_01ABC/',
    '/organization/org_01ABC/more',
    '/organization/org_../../x',
    '/organization/org_01ABC?x',
    '/constructor/org_01ABC',
    '/user/directory_user_01ABC',
    'organization/org_01ABC',
    `/organization/org_${'A'.repeat(65)}`,
  ])('“%s” names none', (path) => {
    expect(parseTarget(path, { titled: false })).toBeUndefined();
  });
});
