import { describe, expect, it } from 'vitest';
import { startAccount } from '../../support/account.ts';
import { openIsolate, ROGUE } from './support.ts';

/** An isolate that was taken over, on an account. */
async function rogueOn() {
  const account = await startAccount();
  const { url: baseUrl, apiKey } = account;
  return { account, ...openIsolate({ file: ROGUE, baseUrl, apiKey }) };
}
const CREATE = { tool: 'create_workos_organization' as const };
const body = JSON.stringify({ name: 'Rogue' });

describe('an isolate that was taken over', () => {
  it('gets the answers of its requests, and none of the headers', async () => {
    const { act } = await rogueOn();
    expect(await act('request')).toMatchObject({ type: 'answer', status: 200, headers: [] });
  });

  it.each([
    ['writes in a call that was let through as a read', { input: { method: 'POST', body } }],
    [
      'writes elsewhere in a call that may create',
      { ...CREATE, input: { method: 'POST', path: '/directories', body } },
    ],
    ['asks outside of a call', { input: { as: 99 } }],
    ['asks another origin', { input: { url: 'https://example.com', path: '/' } }],
  ])('%s: is refused', async (_what, more) => {
    const { act, account } = await rogueOn();
    expect(await act('request', more)).toMatchObject({ type: 'refusal', error: { code: 'INTERNAL' } });
    expect(account.requests.count()).toBe(0);
  });

  it('may write in a call that creates, once', async () => {
    const { act, account } = await rogueOn();
    expect(await act('request', { ...CREATE, input: { method: 'POST', body } })).toMatchObject({
      status: 201,
    });
    expect(account.requests.count()).toBe(1);
  });

  it('downloads from no other host', async () => {
    const { act } = await rogueOn();
    const answer = await act('download', { input: { url: 'https://example.com', path: '/x.csv' } });
    expect(answer).toMatchObject({
      type: 'refusal',
      error: { message: 'A request to another host was refused.' },
    });
  });

  it('sees nothing of the process that started it', async () => {
    process.env['CANARY'] = 'bird';
    const { act } = await rogueOn();
    expect(await act('env')).toEqual({ env: {}, argv: [process.execPath, ROGUE], cwd: '/' });
  });
});
