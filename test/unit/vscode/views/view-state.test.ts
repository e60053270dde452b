import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../../../src/shared/errors.ts';
import { viewState } from '../../../../src/vscode/views/view-state.ts';

const failed = (code: ErrorCode) => ({ at: 'start', error: new AppError({ code, message: 'No.' }) }) as const;
const none = { rows: 0, hasMore: false, failure: undefined, searched: false };

describe('viewState', () => {
  it.each([
    [none, 'empty'],
    [{ ...none, searched: true }, 'notFound'],
    [{ ...none, hasMore: true }, 'rows'],
    [{ ...none, failure: failed('NO_API_KEY') }, 'key'],
    [{ ...none, failure: failed('INVALID_API_KEY') }, 'key'],
    [{ ...none, failure: failed('NETWORK') }, 'offline'],
    [{ ...none, failure: failed('TIMEOUT'), searched: true }, 'offline'],
    [{ ...none, failure: failed('FORBIDDEN') }, 'rows'],
    [{ ...none, rows: 3, failure: failed('NETWORK') }, 'rows'],
  ] as const)('of %j is %s', (shown, state) => {
    expect(viewState(shown)).toBe(state);
  });
});
