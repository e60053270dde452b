import { type Tool as PublishedTool, ToolSchema } from '@modelcontextprotocol/sdk/types.js';
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
  return ToolSchema.parse({
    name,
    title,
    description,
    inputSchema: jsonSchema(input, 'input'),
    outputSchema: jsonSchema(output, 'output'),
    annotations: { title, ...annotations },
  });
}

/** JSON Schema 2020-12, the dialect MCP assumes, so it needs no `$schema`. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _dialect, ...converted } = z.toJSONSchema(schema, { io, override: dropIntegerRange });
  return converted;
}

/** "Any safe integer" says nothing to an agent and costs it tokens. */
function dropIntegerRange({ jsonSchema: node }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
  if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
}
