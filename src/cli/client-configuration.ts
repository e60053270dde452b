/** What a person pastes into a client's configuration to connect to a server. */
export function clientConfiguration(url: string, token: string): readonly string[] {
  const entry = { type: 'http', url, headers: { Authorization: `Bearer ${token}` } };
  return [
    'VS Code, in .vscode/mcp.json:',
    '',
    indented({ servers: { workos: entry } }),
    '',
    'Claude Code, Cursor and most other clients:',
    '',
    indented({ mcpServers: { workos: entry } }),
  ];
}

function indented(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/^/gm, '  ');
}
