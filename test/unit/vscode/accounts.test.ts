import { afterEach, describe, expect, it } from 'vitest';
import { Accounts } from '../../../src/vscode/accounts.ts';
import { SAMPLE } from '../../../src/vscode/environments.ts';
import { hostedSample } from '../../../src/vscode/sample-account.ts';
import { WriteAccess } from '../../../src/vscode/write-access.ts';
import { startAccount } from '../../support/account.ts';
import { openEnvironments } from './support.ts';

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

function start(hosted?: ReturnType<typeof hostedSample>) {
  const { environments, kept, fired } = openEnvironments();
  const access = new WriteAccess(() => ({ get: () => undefined as never }));
  const accounts = new Accounts({ environments, access, logger, observers: [], hosted });
  open.push(accounts);
  return { environments, accounts, kept, fired };
}

async function firstName({ accounts }: ReturnType<typeof start>): Promise<string | undefined> {
  const outcome = await accounts.invoke('list_workos_organizations', { search: 'Acme', limit: 1 }, PERSON);
  return outcome.ok ? outcome.value.items[0]?.name : outcome.error.code;
}

describe('the sample account', () => {
  it('is started here when nobody hosts one', async () => {
    const window = start();
    await window.environments.activate(SAMPLE.id);
    expect(await firstName(window)).toBe('Acme Corp');
  });

  it('is the hosted one where a launcher runs one', async () => {
    const { url, apiKey, account } = await startAccount();
    for (const organization of account.organizations) organization.name = `Hosted ${organization.name}`;
    const window = start(hostedSample({ WORKOS_MCP_SAMPLE_URL: url, WORKOS_MCP_SAMPLE_KEY: apiKey }));
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
