import { describe, expect, it } from 'vitest';
import { AppError, toAppError } from '../../../src/shared/errors.ts';

describe('AppError', () => {
  it('shows code, message and hint, and never its cause', () => {
    const error = new AppError(
      { code: 'NETWORK', message: 'Down.', hint: 'Wait.' },
      { cause: new Error('sk_test_secret') },
    );
    expect(JSON.stringify(error)).toBe('{"code":"NETWORK","message":"Down.","hint":"Wait."}');
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe('Down.');
  });

  it('has no hint field when there is no hint', () => {
    expect(new AppError({ code: 'CONFLICT', message: 'Twice.' }).toJSON()).toStrictEqual({
      code: 'CONFLICT',
      message: 'Twice.',
    });
  });
});

describe('toAppError', () => {
  it('passes an AppError as it is', () => {
    const error = new AppError({ code: 'TIMEOUT', message: 'Late.' });
    expect(toAppError(error)).toBe(error);
  });

  it.each([[new TypeError('sk_live_secret at /home/me')], ['sk_live_secret'], [{ secret: 1 }], [undefined]])(
    'makes INTERNAL of %o and keeps its text out of sight',
    (thrown) => {
      const error = toAppError(thrown);
      expect(error.code).toBe('INTERNAL');
      expect(JSON.stringify(error)).not.toMatch(/secret|home/u);
      expect(error.hint).toBeTruthy();
      expect(error.cause).toBe(thrown);
    },
  );
});
