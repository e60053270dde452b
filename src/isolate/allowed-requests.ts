import { AppError } from '../shared/errors.ts';
import { type ToolName, tools } from '../tools/registry.ts';
import type { FromChild } from './messages.ts';

type ApiMessage = Extract<FromChild, { type: 'api' }>;

/** Opening an export twice does no harm: the API finds the first one. */
const EXPORTS = '/audit_logs/exports';
const ORGANIZATIONS = '/organizations';

/**
 * Whether repeating the request does no harm. Throws for one that the tool never makes: a call that was let through
 * as a read can't write, whatever happened to the code in the isolate.
 */
export function isRepeatable(tool: ToolName, { method, url }: ApiMessage, sentBefore: boolean): boolean {
  const { pathname } = new URL(url);
  if (method === 'GET' || pathname === EXPORTS) return true;
  const writes = !tools[tool].annotations.readOnlyHint;
  if (writes && pathname === ORGANIZATIONS && !sentBefore) return false;
  throw new AppError({ code: 'INTERNAL', message: 'A request that this tool never makes was refused.' });
}
