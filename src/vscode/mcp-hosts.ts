import { isRecord } from '../shared/json.ts';

/** How an editor can be told of an MCP server by its API; `configuration` is the way that needs none. */
export type McpHost =
  | { readonly kind: 'cursor'; readonly servers: CursorServers }
  | { readonly kind: 'vscode' }
  | { readonly kind: 'configuration' };

export interface CursorServers {
  register(config: { name: string; server: { url: string; headers: Record<string, string> } }): void;
  unregister(name: string): void;
}

/** Looks at the editor's API for a way to register an MCP server. Cursor has one of its own, and older forks none. */
export function mcpHostOf(api: { readonly cursor?: unknown; readonly lm?: unknown }): McpHost {
  const mcp = isRecord(api.cursor) ? api.cursor['mcp'] : undefined;
  if (isRecord(mcp)) {
    const { registerServer, unregisterServer } = mcp;
    if (typeof registerServer === 'function' && typeof unregisterServer === 'function') {
      return {
        kind: 'cursor',
        servers: {
          register: (config) => void Reflect.apply(registerServer, mcp, [config]),
          unregister: (name) => void Reflect.apply(unregisterServer, mcp, [name]),
        },
      };
    }
  }
  const provides = isRecord(api.lm) && typeof api.lm['registerMcpServerDefinitionProvider'] === 'function';
  return { kind: provides ? 'vscode' : 'configuration' };
}
