import { AppError, type ErrorCode } from '../../../../src/shared/errors.ts';
import type { RowPage } from '../../../../src/vscode/views/paging.ts';

/** An answer the test gives when it wants to. */
export interface Asked<T> {
  readonly cursor: string | undefined;
  answer(items: readonly T[], next?: string): void;
  fail(code?: ErrorCode): void;
}

/** Pages that are answered by hand. */
export function handAnswered<T>() {
  const asked: Asked<T>[] = [];
  type Answer = { ok: true; value: RowPage<T> } | { ok: false; error: AppError };
  const fetch = (cursor: string | undefined) =>
    new Promise<Answer>((resolve) => {
      asked.push({
        cursor,
        answer: (items, next) => resolve({ ok: true, value: { items, next_cursor: next } }),
        fail: (code = 'NETWORK') =>
          resolve({ ok: false, error: new AppError({ code, message: 'No.', hint: 'Try.' }) }),
      });
    });
  return { asked, fetch };
}
