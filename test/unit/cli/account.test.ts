import { describe, expect, it } from 'vitest';
import { accountFrom, policyFor, sampleAccountAt } from '../../../src/cli/account.ts';
import { parseCommandLine } from '../../../src/cli/parse.ts';

function flags(...args: string[]) {
  const invocation = parseCommandLine(['serve', ...args]);
  if (!('flags' in invocation)) throw new Error('no flags');
  return invocation.flags;
}

describe('accountFrom', () => {
  it.each([
    [
      { WORKOS_API_KEY: 'sk_test_x' },
      { name: 'Staging', kind: 'staging', baseUrl: 'https://api.workos.com' },
      0,
    ],
    [{ WORKOS_API_KEY: ' sk_live_x\n' }, { name: 'Production', kind: 'production', apiKey: 'sk_live_x' }, 0],
    [{ WORKOS_API_KEY: 'other' }, { name: 'Production', kind: 'production' }, 1],
    [{}, { kind: 'staging', apiKey: undefined }, 1],
    [{ WORKOS_API_KEY: '' }, { apiKey: undefined }, 1],
    [
      { WORKOS_API_KEY: 'sk_test_x', WORKOS_API_BASE_URL: 'http://127.0.0.1:4000/' },
      { name: 'Sample account', kind: 'sandbox', baseUrl: 'http://127.0.0.1:4000' },
      0,
    ],
    [{ WORKOS_API_KEY: 'sk_test_x', WORKOS_API_BASE_URL: 'http://[::1]:4000' }, { kind: 'sandbox' }, 0],
    [{ WORKOS_API_KEY: 'sk_test_x', WORKOS_API_BASE_URL: 'https://eu.example.com' }, { kind: 'staging' }, 0],
  ])('%j is %j with %i warnings', (environment, account, warnings) => {
    const chosen = accountFrom(environment);
    expect(chosen.account).toMatchObject(account);
    expect(chosen.warnings).toHaveLength(warnings);
  });
});

describe('policyFor', () => {
  const live = accountFrom({ WORKOS_API_KEY: 'sk_live_x' }).account;
  const test = accountFrom({ WORKOS_API_KEY: 'sk_test_x' }).account;
  const unknown = accountFrom({ WORKOS_API_KEY: 'x' }).account;
  const liveOnLoopback = accountFrom({
    WORKOS_API_KEY: 'sk_live_x',
    WORKOS_API_BASE_URL: 'http://localhost:1',
  }).account;
  const sample = sampleAccountAt({ url: 'http://127.0.0.1:1', apiKey: 'sk_test_y' });

  it.each([
    ['a production key', live, [], '--allow-writes'],
    ['a production key, allowed', live, ['--allow-writes'], undefined],
    ['a production key, read-only', live, ['--read-only'], '--read-only'],
    ['a production key on this machine', liveOnLoopback, [], '--allow-writes'],
    ['a key of unknown kind', unknown, [], '--allow-writes'],
    ['a test key', test, [], undefined],
    ['a test key, read-only', test, ['--read-only'], '--read-only'],
    ['the sample account', sample, [], undefined],
    ['the sample account, read-only', sample, ['--read-only'], '--read-only'],
  ])('%s: %#', (_what, account, args, flagNamed) => {
    const { readOnly } = policyFor(account, flags(...args));
    expect(readOnly?.hint.match(/--[\w-]+/)?.[0]).toBe(flagNamed);
  });
});
