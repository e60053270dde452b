import type { Client } from '@modelcontextprotocol/sdk/client/index.js';

/** Every resource a server lists, page by page. */
export async function listAllResources(client: Client) {
  const resources = [];
  let cursor: string | undefined;
  do {
    const page = await client.listResources(cursor === undefined ? {} : { cursor });
    resources.push(...page.resources);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return resources;
}
