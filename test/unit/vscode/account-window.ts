import { afterEach } from 'vitest';
import type { OpenExecutor } from '../../../src/isolate/executor.ts';
import { inProcess } from '../../../src/isolate/in-process.ts';
import type { Observer } from '../../../src/gateway/record.ts';
import type { Network } from '../../../src/shared/network.ts';
import { Accounts, type AccountsOptions, type Guards } from '../../../src/vscode/environments/accounts.ts';
import { embeddedSample, type SampleAddress } from '../../../src/vscode/environments/sample-account.ts';
import { WriteAccess } from '../../../src/vscode/environments/write-access.ts';
import { startAccount, type TestAccount } from '../../support/account.ts';
import { openEnvironments, type storage } from './support.ts';

/** How commands call. */
export const PERSON = { kind: 'person', surface: 'command' } as const;
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

export type Window = ReturnType<typeof start>;

/** The accounts of a window, closed after the test. */
export function start({
  sample = embeddedSample,
  shared,
  executor = inProcess,
  network = () => ({}),
  guards = {},
  audit,
  observers = [],
}: {
  sample?: () => Promise<SampleAddress>;
  shared?: ReturnType<typeof storage>;
  executor?: OpenExecutor;
  network?: () => Network;
  guards?: Partial<Guards>;
  audit?: AccountsOptions['audit'];
  observers?: readonly Observer[];
} = {}) {
  const { environments, kept } = openEnvironments(shared);
  const access = new WriteAccess(
    () => ({ get: () => undefined as never }),
    () => undefined,
  );
  const accounts = new Accounts({
    environments,
    access,
    logger,
    observers,
    network,
    sample,
    executor,
    guards,
    audit,
  });
  open.push(accounts);
  return { environments, accounts, access, kept };
}

/** An account whose Acme Corp has another name. */
export async function renamed(prefix: string): Promise<TestAccount> {
  const account = await startAccount();
  for (const organization of account.account.organizations)
    organization.name = `${prefix} ${organization.name}`;
  return account;
}

/** Adds an account as an environment of the window. */
export function add({ environments }: Window, { url, apiKey }: TestAccount, name: string) {
  return environments.add({ name, kind: 'sandbox', baseUrl: url }, apiKey);
}

/** What the calls of the window, or the given ones, call Acme Corp. */
export async function firstName({ accounts }: Window, invoke = accounts.invoke) {
  const outcome = await invoke('list_workos_organizations', { search: 'Acme', limit: 1 }, PERSON);
  return outcome.ok ? outcome.value.items[0]?.name : outcome.error.code;
}
