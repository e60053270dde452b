import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Outcome } from '../gateway/gateway.ts';
import { toAppError } from '../shared/errors.ts';
import { isRecord } from '../shared/json.ts';

/** An outcome as MCP carries it: the text is exactly the JSON of the structured content. Never throws. */
export function toCallResult(outcome: Outcome<unknown>): CallToolResult {
  if (!outcome.ok) return errorResult(outcome.error);
  try {
    const text = JSON.stringify(outcome.value);
    const structuredContent: unknown = JSON.parse(text);
    if (!isRecord(structuredContent)) throw new TypeError('The result is not an object.');
    return { content: [{ type: 'text', text }], structuredContent };
  } catch (thrown) {
    return errorResult(thrown);
  }
}

/** Errors are text only: structured content would have to fit the tool's output schema. */
function errorResult(thrown: unknown): CallToolResult {
  return { isError: true, content: [{ type: 'text', text: JSON.stringify(toAppError(thrown)) }] };
}
