import { expect, it } from 'vitest';
import { advise } from '../../../src/gateway/advise.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { callOf, succeed } from './support.ts';

const through = advise({ NETWORK: 'Look at the cable.' });
const failing = (thrown: unknown) => through(() => Promise.reject(thrown))(callOf());

it('gives the advice of the host, and keeps what happened and why', async () => {
  const error = new AppError({ code: 'NETWORK', message: 'Gone.', hint: 'Set X.' }, { cause: 'ECONNRESET' });
  await expect(failing(error)).rejects.toMatchObject({
    code: 'NETWORK',
    message: 'Gone.',
    hint: 'Look at the cable.',
    cause: 'ECONNRESET',
  });
});

it('gives it for an error that is handed back, too', async () => {
  const error = new AppError({ code: 'NETWORK', message: 'Gone.' });
  const outcome = await through(async () => ({ ok: false, error, untrusted: true }))(callOf());
  expect(outcome).toMatchObject({ ok: false, error: { hint: 'Look at the cable.' }, untrusted: true });
  const other = { ok: false as const, error: new AppError({ code: 'NOT_FOUND', message: 'No.' }) };
  expect(await through(async () => other)(callOf())).toBe(other);
});

it('leaves other errors as they are', async () => {
  const other = new AppError({ code: 'NOT_FOUND', message: 'No.', hint: 'List them.' });
  await expect(failing(other)).rejects.toBe(other);
  const unforeseen = new TypeError('boom');
  await expect(failing(unforeseen)).rejects.toBe(unforeseen);
});

it('leaves what succeeds alone', async () => {
  expect(await through(succeed('fine'))(callOf())).toEqual({ ok: true, draft: { value: 'fine' } });
});
