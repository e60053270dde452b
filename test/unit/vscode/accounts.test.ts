import { afterEach, describe, expect, it } from 'vitest';
import { Accounts } from '../../../src/vscode/accounts.ts';
import { SAMPLE } from '../../../src/vscode/environments.ts';
import { hostedSample } from '../../../src/vscode/sample-account.ts';
import { WriteAccess } from '../../../src/vscode/write-access.ts';
import { startAccount, type TestAccount } from '../../support/account.ts';
import { openEnvironments, storage } from './support.ts';

const PERSON = { kind: 'person', surface: 'command' } as const;
const logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const open: Accounts[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((accounts) => accounts.close()));
});

function start({
  hosted,
  shared,
}: {
  hosted?: ReturnType<typeof hostedSample>;
  shared?: ReturnType<typeof storage>;
} = {}) {
  const { environments, kept } = openEnvironments(shared);
  const access = new WriteAccess(() => ({ get: () => undefined as never }));
  const accounts = new Accounts({ environments, access, logger, observers: [], hosted });
  open.push(accounts);
  return { environments, accounts, access, kept };
}

/** An account whose Acme Corp has another name. */
async function renamed(prefix: string): Promise<TestAccount> {
  const account = await startAccount();
  for (const organization of account.account.organizations)
    organization.name = `${prefix} ${organization.name}`;
  return account;
}

function add({ environments }: ReturnType<typeof start>, { url, apiKey }: TestAccount, name: string) {
  return environments.add({ name, kind: 'sandbox', baseUrl: url }, apiKey);
}

async function firstName({ accounts }: ReturnType<typeof start>, invoke = accounts.invoke) {
  const outcome = await invoke('list_workos_organizations', { search: 'Acme', limit: 1 }, PERSON);
  return outcome.ok ? outcome.value.items[0]?.name : outcome.error.code;
}

async function refusal({ accounts }: ReturnType<typeof start>) {
  const outcome = await accounts.invoke('list_workos_organizations', {}, PERSON);
  return outcome.ok ? undefined : { code: outcome.error.code, hint: outcome.error.hint };
}

describe('the sample account', () => {
  it('is started here when nobody hosts one', async () => {
    const window = start();
    await window.environments.activate(SAMPLE.id);
    expect(await firstName(window)).toBe('Acme Corp');
  });

  it('is the hosted one where a launcher runs one', async () => {
    const { url, apiKey } = await renamed('Hosted');
    const window = start({
      hosted: hostedSample({ WORKOS_MCP_SAMPLE_URL: url, WORKOS_MCP_SAMPLE_KEY: apiKey }),
    });
    await window.environments.activate(SAMPLE.id);
    expect(await firstName(window)).toBe('Hosted Acme Corp');
  });

  it.each([
    ['https://127.0.0.1:1', 'key'],
    ['http://192.168.0.1:1', 'key'],
    ['http://127.0.0.1.evil.example', 'key'],
    ['http://127.0.0.1:1', ''],
    ['nonsense', 'key'],
  ])('is not taken from %s with the key "%s"', (url, key) => {
    expect(hostedSample({ WORKOS_MCP_SAMPLE_URL: url, WORKOS_MCP_SAMPLE_KEY: key })).toBeUndefined();
  });
});

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
