import type { Tool as PublishedTool } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { ToolName } from '../tools/registry.ts';
import type { Tool } from '../tools/tool.ts';

const published = new Map<ToolName, PublishedTool>();

/** A tool as `tools/list` shows it. Converting schemas is slow, so it happens once per tool and process. */
export function definitionOf(tool: Tool<ToolName>): PublishedTool {
  const known = published.get(tool.name);
  if (known !== undefined) return known;
  const definition = define(tool);
  published.set(tool.name, definition);
  return definition;
}

function define({ name, title, description, annotations, input, output }: Tool<ToolName>): PublishedTool {
  return {
    name,
    title,
    description,
    inputSchema: jsonSchema(input, 'input'),
    outputSchema: jsonSchema(output, 'output'),
    annotations: { title, ...annotations },
  };
}

/** JSON Schema 2020-12, the dialect MCP assumes, so it needs no `$schema`. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): ObjectSchema {
  const { $schema: _dialect, ...converted } = z.toJSONSchema(schema, { io, override: dropIntegerRange });
  if (isObjectSchema(converted)) return converted;
  throw new TypeError('A tool takes and returns an object.');
}

type ObjectSchema = PublishedTool['inputSchema'];

/** What MCP asks of a schema. Parsing it by the protocol's own would take 5 ms of every start. */
function isObjectSchema(schema: object): schema is ObjectSchema {
  return 'type' in schema && schema.type === 'object';
}

/** "Any safe integer" says nothing to an agent and costs it tokens. */
function dropIntegerRange({ jsonSchema: node }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
  if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
}
