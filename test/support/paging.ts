import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { expect } from 'vitest';
import type { Input, Output, ToolName } from '../../src/tools/registry.ts';
import { callOk } from './clients.ts';

type Listed = {
  readonly items: readonly unknown[];
  readonly next_cursor?: string | undefined;
  readonly complete: boolean;
};
type ListTool = { [N in ToolName]: Output<N> extends Listed ? N : never }[ToolName];

/** Follows next_cursor to the end and returns all rows; each page but the last says that there is more. */
export async function readAll<N extends ListTool>(
  client: Client,
  tool: N,
  args: Input<N>,
): Promise<Output<N>['items']> {
  const rows: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page: Listed = await callOk(client, tool, { ...args, ...(cursor !== undefined && { cursor }) });
    expect(page.complete).toBe(page.next_cursor === undefined);
    rows.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  return rows as Output<N>['items'];
}
