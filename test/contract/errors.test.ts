import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAccount, type TestAccount } from '../support/account.ts';
import { callError, callOk, connectHttp } from '../support/clients.ts';
import { startServer } from '../support/server.ts';

const LIST = 'list_workos_organizations';
const SECRET = 'upstream-detail-9c1f';

let account: TestAccount;
let client: Client;
beforeAll(async () => {
  account = await startAccount();
  client = await connectHttp(await startServer({ env: account.env, args: ['--approvals', 'never'] }));
});
beforeEach(() => {
  account.faults.clear();
  account.requests.clear();
});

const html = { body: `<html>${SECRET}</html>`, headers: { 'content-type': 'text/html' } };

describe('an answer of WorkOS becomes an error that says what to do', () => {
  it.each([
    [401, 'INVALID_API_KEY', /key/u],
    [403, 'FORBIDDEN', /permissions/u],
    [404, 'NOT_FOUND', /list_workos_organizations/u],
    [409, 'CONFLICT', /./u],
    [500, 'UPSTREAM_ERROR', /again/u],
    [503, 'UPSTREAM_ERROR', /again/u],
  ] as const)('HTTP %i is %s', { timeout: 60_000 }, async (status, code, hint) => {
    account.faults.set({ kind: 'status', status, ...html });
    const error = await callError(client, LIST, {});
    expect(error.code).toBe(code);
    expect(error.hint ?? error.message).toMatch(hint);
    expect(JSON.stringify(error)).not.toContain(SECRET);
  });

  it('a 422 names the fields and nothing else of the answer', async () => {
    const body = JSON.stringify({ message: SECRET, errors: [{ code: 'invalid_type', field: 'search' }] });
    account.faults.set({ kind: 'status', status: 422, body });
    const error = await callError(client, LIST, {});
    expect(error).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('search (invalid_type)'),
    });
    expect(JSON.stringify(error)).not.toContain(SECRET);
  });

  it('a 429 that asks for more patience than there is names the wait', async () => {
    account.faults.set({
      kind: 'status',
      status: 429,
      body: '"Ratelimited"',
      headers: { 'retry-after': '60' },
    });
    const error = await callError(client, LIST, {});
    expect(error).toMatchObject({ code: 'RATE_LIMITED', hint: expect.stringContaining('60 s') });
  });

  it('a page that is not JSON is BAD_RESPONSE', async () => {
    account.faults.set({ kind: 'empty-200-html' });
    expect(await callError(client, LIST, {})).toMatchObject({ code: 'BAD_RESPONSE' });
  });
});

describe('a passing fault is retried and not seen', () => {
  it.each([
    [
      '429 with Retry-After',
      { kind: 'status', status: 429, body: '"Ratelimited"', headers: { 'retry-after': '1' } },
    ],
    ['502 as HTML', { kind: 'status', status: 502, ...html }],
    ['a reset', { kind: 'reset' }],
    ['truncated JSON', { kind: 'truncate' }],
  ] as const)('%s', async (_name, fault) => {
    account.faults.set({ ...fault, times: 1 });
    expect((await callOk(client, LIST, {})).items).toHaveLength(5);
    expect(account.requests.count()).toBe(2);
  });
});

describe('create_workos_organization never repeats its POST', () => {
  it.each([
    ['a reset after the write', { kind: 'reset-after' }, 1],
    ['a 500', { kind: 'status', status: 500, ...html }, 0],
  ] as const)('%s is OUTCOME_UNKNOWN', async (name, fault, written) => {
    const domain = `${name.replaceAll(' ', '-')}.example`;
    const before = account.account.organizations.length;
    account.faults.set({ ...fault, match: ({ method }: { method: string }) => method === 'POST' });
    const error = await callError(client, 'create_workos_organization', { name, domains: [domain] });
    expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN', hint: expect.stringContaining(domain) });
    expect(account.requests.count(({ method }) => method === 'POST')).toBe(1);
    account.faults.clear();
    const { items } = await callOk(client, LIST, { domain });
    expect(items).toHaveLength(written);
    expect(account.account.organizations).toHaveLength(before + written);
  });
});
