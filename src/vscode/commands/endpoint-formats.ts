/** The forms an MCP endpoint is asked for in. */
export type EndpointFormat = 'vscode' | 'mcpServers' | 'plain';

/** The endpoint as a client's configuration has it, or as it is. */
export function endpointText(
  format: EndpointFormat,
  { url, token }: { readonly url: string; readonly token: string },
): string {
  const headers = { Authorization: `Bearer ${token}` };
  if (format === 'plain') return `${url}\nAuthorization: Bearer ${token}\n`;
  const config =
    format === 'vscode'
      ? { servers: { workos: { type: 'http', url, headers } } }
      : { mcpServers: { workos: { url, headers } } };
  return JSON.stringify(config, null, 2);
}
