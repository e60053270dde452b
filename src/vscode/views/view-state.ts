import type { Failure } from './paging.ts';

/** What a view shows: rows, or the welcome text that says why there are none. */
export type ViewState = 'rows' | 'empty' | 'notFound' | 'key' | 'offline';

/** What decides it. */
export interface Shown {
  readonly rows: number;
  readonly hasMore: boolean;
  readonly failure: Failure | undefined;
  readonly searched: boolean;
}

/** The state of a view after its first level has been read; other errors are a row. */
export function viewState({ rows, hasMore, failure, searched }: Shown): ViewState {
  if (rows > 0) return 'rows';
  const code = failure?.error.code;
  if (code === 'NO_API_KEY' || code === 'INVALID_API_KEY') return 'key';
  if (code === 'NETWORK' || code === 'TIMEOUT') return 'offline';
  if (code !== undefined || hasMore) return 'rows';
  return searched ? 'notFound' : 'empty';
}
