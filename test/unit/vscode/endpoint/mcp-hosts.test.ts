import { describe, expect, it } from 'vitest';
import { endpointText } from '../../../../src/vscode/commands/endpoint-formats.ts';
import { mcpHostOf } from '../../../../src/vscode/endpoint/mcp-hosts.ts';

/** Cursor's API, which keeps what it is told. */
function cursor() {
  const servers = new Map<string, unknown>();
  const mcp = {
    registerServer({ name, server }: { name: string; server: unknown }) {
      if (this !== mcp) throw new Error('not called as a method');
      servers.set(name, server);
    },
    unregisterServer(name: string) {
      if (this !== mcp) throw new Error('not called as a method');
      servers.delete(name);
    },
  };
  return { api: { mcp }, servers };
}

const lm = { registerMcpServerDefinitionProvider: () => undefined };

describe('mcpHostOf', () => {
  it('takes the provider of VS Code', () => {
    expect(mcpHostOf({ lm })).toEqual({ kind: 'vscode' });
  });

  it('prefers the way of Cursor where it is there', async () => {
    const { api, servers } = cursor();
    const host = mcpHostOf({ lm, cursor: api });
    if (host.kind !== 'cursor') throw new Error(host.kind);
    const server = { url: 'http://127.0.0.1:1/mcp', headers: { Authorization: 'Bearer t' } };
    await host.servers.register({ name: 'WorkOS', server });
    expect([...servers]).toEqual([['WorkOS', server]]);
    await host.servers.unregister('WorkOS');
    expect(servers.size).toBe(0);
  });

  it('waits for Cursor, and hears of its failures', async () => {
    const registerServer = () => Promise.reject(new Error('refused'));
    const unregisterServer = () => {
      throw new Error('unknown');
    };
    const host = mcpHostOf({ cursor: { mcp: { registerServer, unregisterServer } } });
    if (host.kind !== 'cursor') throw new Error(host.kind);
    const server = { url: 'http://127.0.0.1:1/mcp', headers: {} };
    await expect(host.servers.register({ name: 'WorkOS', server })).rejects.toThrow('refused');
    await expect(host.servers.unregister('WorkOS')).rejects.toThrow('unknown');
  });

  it.each([
    ['no language model API', {}],
    ['one that knows no MCP servers', { lm: { selectChatModels: () => undefined } }],
    ['half of the API of Cursor', { cursor: { mcp: { registerServer: () => undefined } } }],
    ['something else under that name', { cursor: 'yes', lm: null }],
  ])('leaves %s to the configuration', (_what, api) => {
    expect(mcpHostOf(api)).toEqual({ kind: 'configuration' });
  });
});

describe('endpointText', () => {
  const endpoint = { url: 'http://127.0.0.1:1/mcp', token: 'secret' };
  const headers = { Authorization: 'Bearer secret' };

  it('is what mcp.json of VS Code has', () => {
    expect(JSON.parse(endpointText('vscode', endpoint))).toEqual({
      servers: { workos: { type: 'http', url: endpoint.url, headers } },
    });
  });

  it('is what other clients have', () => {
    expect(JSON.parse(endpointText('mcpServers', endpoint))).toEqual({
      mcpServers: { workos: { url: endpoint.url, headers } },
    });
  });

  it('is the address and the header for the rest', () => {
    expect(endpointText('plain', endpoint)).toBe('http://127.0.0.1:1/mcp\nAuthorization: Bearer secret\n');
  });
});
