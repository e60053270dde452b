import { isRecord } from '../../shared/json.ts';

/** How an editor can be told of an MCP server by its API; `configuration` is the way that needs none. */
export type McpHost =
  | { readonly kind: 'cursor'; readonly servers: CursorServers }
  | { readonly kind: 'vscode' }
  | { readonly kind: 'configuration' };

/** How Cursor reaches a server. */
export interface CursorServer {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Cursor's own way to register servers, which may take its time and fail. */
export interface CursorServers {
  register(config: { readonly name: string; readonly server: CursorServer }): Promise<void>;
  unregister(name: string): Promise<void>;
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
          register: async (config) => {
            await Reflect.apply(registerServer, mcp, [config]);
          },
          unregister: async (name) => {
            await Reflect.apply(unregisterServer, mcp, [name]);
          },
        },
      };
    }
  }
  const provides = isRecord(api.lm) && typeof api.lm['registerMcpServerDefinitionProvider'] === 'function';
  return { kind: provides ? 'vscode' : 'configuration' };
}
