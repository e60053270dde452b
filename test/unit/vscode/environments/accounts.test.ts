import { describe, expect, it } from 'vitest';
import type { StoredEnvironment } from '../../../../src/vscode/environments/environments.ts';
import { startAccount } from '../../../support/account.ts';
import { add, firstName, PERSON, renamed, start, type Window } from '../account-window.ts';
import { storage } from '../support.ts';

async function refusal({ accounts }: Window) {
  const outcome = await accounts.invoke('list_workos_organizations', {}, PERSON);
  return outcome.ok ? undefined : { code: outcome.error.code, hint: outcome.error.hint };
}

describe('calls and environments', () => {
  it('lets a call finish in the environment it began in', async () => {
    const window = start();
    const first = await renamed('First');
    const second = await renamed('Second');
    const { id } = await add(window, first, 'First');
    await add(window, second, 'Second');
    await window.environments.activate(id);
    first.faults.set({ kind: 'latency', ms: 300 });
    const slow = firstName(window);
    await window.environments.activate(window.environments.list()[1]!.id);
    expect(await firstName(window)).toBe('Second Acme Corp');
    expect(await slow).toBe('First Acme Corp');
  });

  it('keeps calls that are bound to an environment there', async () => {
    const window = start();
    const bound = await add(window, await renamed('First'), 'First');
    await add(window, await renamed('Second'), 'Second');
    expect(await firstName(window, window.accounts.at(bound))).toBe('First Acme Corp');
    expect(await firstName(window)).toBe('Second Acme Corp');
  });

  it('names the environment as it is called now', async () => {
    const window = start();
    const account = await startAccount();
    const old = await add(window, account, 'Old');
    await window.accounts.invoke('list_workos_organizations', { limit: 1 }, PERSON);
    await window.environments.remove(old.id);
    await add(window, account, 'New');
    const outcome = await window.accounts.invoke('list_workos_organizations', { limit: 1 }, PERSON);
    expect(outcome.ok && outcome.value.environment?.name).toBe('New');
  });

  it('knows what is open in each while calls go back and forth, until its key changes', async () => {
    const window = start();
    const first = await startAccount();
    const a = await add(window, first, 'First');
    const b = await add(window, await startAccount(), 'Second');
    const read = async (environment: StoredEnvironment) => {
      const [organization] = first.account.organizations;
      const input = { organization: organization!.id, source: 'audit_log' };
      const outcome = await window.accounts.at(environment)('get_audit_log_events', input, PERSON);
      return outcome.ok;
    };
    const exports = () => first.requests.count(({ method }) => method === 'POST');
    expect(await read(a)).toBe(true);
    await window.accounts.at(b)('list_workos_organizations', { limit: 1 }, PERSON);
    expect(await read(a)).toBe(true);
    expect(exports()).toBe(1);
    first.rotateKey('sk_test_rotated');
    await window.environments.setKey(a.id, 'sk_test_rotated');
    expect(await read(a)).toBe(true);
    expect(exports()).toBe(2);
  });

  it('tells when the running calls have ended', async () => {
    const window = start();
    const account = await startAccount();
    await add(window, account, 'Slow');
    account.faults.set({ kind: 'latency', ms: 100 });
    const call = firstName(window);
    await window.accounts.settled();
    expect(account.requests.entries.map(({ status }) => status)).toEqual([200]);
    expect(await call).toBe('Acme Corp');
  });
});

describe('errors inside an editor', () => {
  it.each([
    ['INVALID_API_KEY', { kind: 'status', status: 401 }, 'WorkOS: Set API Key'],
    ['BAD_RESPONSE', { kind: 'empty-200-html' }, 'workos.baseUrl'],
  ] as const)('%s says what to do there', async (code, fault, advice) => {
    const window = start();
    const account = await startAccount();
    await add(window, account, 'Staging');
    account.faults.set(fault);
    const refused = (await refusal(window))!;
    expect(refused.code).toBe(code);
    expect(refused.hint).toContain(advice);
    expect(refused.hint).not.toMatch(/WORKOS_|--/u);
  });
});

describe('without a usable environment', () => {
  it('says what to do', async () => {
    const { code, hint } = (await refusal(start()))!;
    expect(code).toBe('NO_API_KEY');
    expect(hint).toContain('WorkOS: Add Environment');
  });

  it('names the environment that another window removed', async () => {
    const shared = storage();
    const here = start({ shared });
    const { id } = await add(here, await startAccount(), 'Customer A\u202E');
    expect(await firstName(here)).toBe('Acme Corp');
    await start({ shared }).environments.remove(id);
    await here.environments.secretChanged(`workos.apiKey.${id}`);
    const { code, hint } = (await refusal(here))!;
    expect(code).toBe('NO_API_KEY');
    expect(hint).toContain('"Customer A" was removed');
  });

  it('names the environment whose key is not on this machine', async () => {
    const window = start();
    const { id } = await add(window, await startAccount(), 'Staging');
    window.kept.secrets.delete(`workos.apiKey.${id}`);
    const { code, hint } = (await refusal(window))!;
    expect(code).toBe('NO_API_KEY');
    expect(hint).toContain('no key for the environment "Staging"');
  });

  it('keeps the tool that writes from agents on production, until it is allowed', async () => {
    const window = start();
    const { url, apiKey } = await startAccount();
    const live = await window.environments.add({ name: 'Live', kind: 'production', baseUrl: url }, apiKey);
    const offers = () =>
      window.accounts.listTools().some(({ name }) => name === 'create_workos_organization');
    const create = async () => {
      const input = { name: 'Initech', domains: ['initech.example'], dry_run: true };
      const outcome = await window.accounts.invoke('create_workos_organization', input, PERSON);
      return outcome.ok ? 'ok' : outcome.error.code;
    };
    expect([offers(), await create()]).toEqual([false, 'READ_ONLY']);
    window.access.allow(live);
    expect([offers(), await create()]).toEqual([true, 'ok']);
    window.access.stop(live);
    expect([offers(), await create()]).toEqual([false, 'READ_ONLY']);
  });
});
