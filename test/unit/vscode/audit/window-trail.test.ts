import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StateDir } from '../../../../src/access/state-dir.ts';
import { startAccount } from '../../../support/account.ts';
import { auditOf, INTACT, newHome, recordsOf, verdictOn } from '../../audit/support.ts';
import { add, firstName, PERSON, start } from '../account-window.ts';
import { storage } from '../support.ts';
import { windowTrail } from './support.ts';

const AGENT = { kind: 'agent', session: 's', client: { name: 'test', version: '1' } } as const;
const CREATE = 'create_workos_organization';
const never = { ...storage().api.secrets, get: () => new Promise<undefined>(() => undefined) };
const kinds = (dir: StateDir) =>
  recordsOf(dir).map(({ kind, body }) => (kind === 'event' ? String(body['name']) : kind));

describe('the trail of a window', () => {
  it('begins with the first call, has each call before and after it ran, and ends with the window', async () => {
    const dir = newHome();
    const trail = windowTrail(dir);
    const window = start({ audit: trail.audit });
    const account = await startAccount();
    await add(window, account, 'Staging');
    expect(existsSync(auditOf(dir))).toBe(false);
    expect(await firstName(window)).toBe('Acme Corp');
    await trail.close();
    expect(kinds(dir)).toEqual(['start', 'intent', 'outcome', 'stop']);
    const [begin, intent] = recordsOf(dir);
    expect(begin!.body).toMatchObject({ command: 'vscode', certificate: { assurance: 'secret-storage' } });
    expect(intent!.body).toMatchObject({ caller: { kind: 'person' }, environment: { kind: 'sandbox' } });
    expect(intent!.body['policy']).toBe(begin!.body['policy']);
    expect(verdictOn(auditOf(dir))).toEqual(INTACT);
  });

  it('has the trial of a key that is not stored yet', async () => {
    const dir = newHome();
    const trail = windowTrail(dir);
    const { accounts } = start({ audit: trail.audit });
    const { url: baseUrl, apiKey } = await startAccount();
    const trial = accounts.trial({ baseUrl, apiKey, name: 'New', kind: 'sandbox' });
    await trial.invoke('list_workos_organizations', { limit: 1 }, PERSON);
    await trial.close();
    await trail.close();
    expect(kinds(dir)).toEqual(['start', 'intent', 'outcome', 'stop']);
  });

  it('records with which settings each call was made, and that they changed', async () => {
    const dir = newHome();
    let mode = 'always';
    const trail = windowTrail(dir, { policy: () => ({ mode }) });
    const window = start({ audit: trail.audit });
    await add(window, await startAccount(), 'Staging');
    trail.policyMayHaveChanged();
    await firstName(window);
    mode = 'never';
    trail.policyMayHaveChanged();
    trail.policyMayHaveChanged();
    await firstName(window);
    await trail.close();
    expect(kinds(dir).filter((kind) => kind.startsWith('policy'))).toHaveLength(1);
    const [before, after] = recordsOf(dir).flatMap(({ kind, body }) =>
      kind === 'intent' ? [body['policy']] : [],
    );
    const changed = recordsOf(dir).find(({ body }) => body['name'] === 'policy.changed');
    expect(before).not.toBe(after);
    expect(changed!.body['details']).toEqual({ from: before, to: after });
  });

  it('that can not be opened lets reads go on with one notice, and makes no change', async () => {
    const trail = windowTrail(newHome(), { secrets: never, patienceMs: 20 });
    const window = start({ audit: trail.audit });
    const account = await startAccount();
    await add(window, account, 'Staging');
    expect(await firstName(window)).toBe('Acme Corp');
    expect(await firstName(window)).toBe('Acme Corp');
    expect(trail.failures).toEqual(['the secret storage of this editor does not answer']);
    for (const caller of [PERSON, AGENT]) {
      const outcome = await window.accounts.invoke(CREATE, { name: 'X' }, caller);
      expect(outcome.ok ? '' : outcome.error.code).toBe('AUDIT_UNAVAILABLE');
    }
    expect(account.requests.entries.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(trail.failures).toHaveLength(1);
  });

  it('is not opened by what comes after its end', async () => {
    const dir = newHome();
    const trail = windowTrail(dir);
    await trail.close();
    await trail.events.killed({ kind: 'system', surface: 'vscode' });
    expect(existsSync(auditOf(dir))).toBe(false);
  });
});
