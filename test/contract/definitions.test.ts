import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { beforeAll, describe, expect, it } from 'vitest';
import { tools } from '../../src/tools/registry.ts';
import { connectHttp } from '../support/clients.ts';
import { startServer } from '../support/server.ts';

const FOLDER = join(import.meta.dirname, '__snapshots__/tools');
const TOKENS = 3_000;
const names = Object.keys(tools);

let listed: Tool[];
beforeAll(async () => {
  const client = await connectHttp(await startServer());
  ({ tools: listed } = await client.listTools());
  if (process.env['UPDATE_SNAPSHOTS'] !== '1') return;
  mkdirSync(FOLDER, { recursive: true });
  for (const tool of listed) writeFileSync(join(FOLDER, `${tool.name}.json`), textOf(tool));
});

const textOf = (tool: Tool | undefined) => `${JSON.stringify(tool, null, 2)}\n`;

it('lists the tools in the registry’s order', () => {
  expect(listed.map(({ name }) => name)).toEqual(names);
});

it('has no snapshot of a tool that is gone', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(names.map((name) => `${name}.json`).sort());
});

it('costs an agent few tokens', () => {
  const cost = listed.map(({ name, description, inputSchema }) => ({
    name,
    tokens: encode(JSON.stringify({ name, description, inputSchema })).length,
  }));
  const total = cost.reduce((sum, { tokens }) => sum + tokens, 0);
  // The table is part of the comparison so that a failure shows where the tokens go.
  expect({ cost, within: total <= TOKENS, total }).toEqual({ cost, within: true, total });
});

describe.each(names)('%s', (name) => {
  const tool = () => listed.find((candidate) => candidate.name === name);

  it('is as its snapshot says; UPDATE_SNAPSHOTS=1 writes it', () => {
    expect(textOf(tool())).toBe(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
  });

  it('states every hint', () => {
    const creates = name === 'create_workos_organization';
    expect(tool()?.annotations).toEqual({
      title: tool()?.title,
      readOnlyHint: !creates,
      destructiveHint: false,
      idempotentHint: !creates,
      openWorldHint: false,
    });
  });

  it('takes and returns one closed object, every argument described', () => {
    expect(tool()?.title).toMatch(/^[A-Z][^.]+$/);
    expect(tool()?.description).toMatch(/Example: \{/);
    expect(tool()?.inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(tool()?.outputSchema).toMatchObject({
      type: 'object',
      required: expect.arrayContaining(['environment']),
    });
    const fields = Object.entries(tool()?.inputSchema.properties ?? {});
    expect(fields.length).toBeGreaterThan(0);
    expect(fields.filter(([, schema]) => !('description' in schema)).map(([field]) => field)).toEqual([]);
  });
});
