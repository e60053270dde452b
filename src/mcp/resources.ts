import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  ListResourcesRequestSchema,
  type ListResourcesResult,
  ListResourceTemplatesRequestSchema,
  ReadResourceRequestSchema,
  type ReadResourceResult,
  type Resource,
  type ResourceTemplate,
} from '@modelcontextprotocol/sdk/types.js';
import { isObjectId, isObjectKind, type ObjectKind } from '../shared/object-ids.ts';
import { shortLine } from '../shared/text.ts';
import type { Output } from '../tools/registry.ts';
import type { Ask, Extra } from './ask.ts';
import { toProtocolError, unknownResource } from './protocol-error.ts';

const MIME_TYPE = 'application/json';
const PAGE = 50;
const NAME_LENGTH = 200;

/** The kinds of object that can be attached to a conversation. */
const KINDS = {
  organization: {
    title: 'WorkOS organization',
    description: 'What is wrong with it, its domains, SSO connections, directories and audit-log set-up.',
  },
  connection: {
    title: 'WorkOS SSO connection',
    description: 'What is wrong with it, its state, certificate, last login and failed logins.',
  },
  directory: {
    title: 'WorkOS directory',
    description: 'What is wrong with it, its state, counts and latest sync events.',
  },
} as const satisfies Record<ObjectKind, object>;

const templates: ResourceTemplate[] = Object.entries(KINDS).map(([name, { title, description }]) => ({
  uriTemplate: `workos://${name}/{id}`,
  name,
  title,
  description,
  mimeType: MIME_TYPE,
}));

/** Offers organizations as a list, and details of organizations, connections and directories by URI. */
export function offerResources(server: Server, ask: Ask): void {
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: templates }));
  server.setRequestHandler(ListResourcesRequestSchema, ({ params }, extra) =>
    listOrganizations(ask, params?.cursor, extra),
  );
  server.setRequestHandler(ReadResourceRequestSchema, ({ params }, extra) => read(ask, params.uri, extra));
}

/** The kind a URI or a URI template of ours is about. */
export function kindOf(uri: string): ObjectKind | undefined {
  const kind = /^workos:\/\/([a-z]+)\//u.exec(uri)?.[1] ?? '';
  return isObjectKind(kind) ? kind : undefined;
}

async function listOrganizations(
  ask: Ask,
  cursor: string | undefined,
  extra: Extra,
): Promise<ListResourcesResult> {
  const outcome = await ask('list_workos_organizations', { limit: PAGE, cursor }, extra);
  if (outcome.ok) {
    const { items, next_cursor } = outcome.value;
    return {
      resources: items.map(toResource),
      ...(next_cursor !== undefined && { nextCursor: next_cursor }),
    };
  }
  // A picker that shows the resources of all servers has no place for "add a key first".
  if (outcome.error.code === 'NO_API_KEY') return { resources: [] };
  throw toProtocolError(outcome.error);
}

function toResource({
  id,
  name = '',
  domains = [],
}: Output<'list_workos_organizations'>['items'][number]): Resource {
  const label = shortLine(name, NAME_LENGTH) || id;
  const description = domains.map(({ domain }) => shortLine(domain, NAME_LENGTH)).join(', ');
  return {
    uri: `workos://organization/${id}`,
    name: label,
    title: label,
    ...(description !== '' && { description }),
    mimeType: MIME_TYPE,
  };
}

async function read(ask: Ask, uri: string, extra: Extra): Promise<ReadResourceResult> {
  const kind = kindOf(uri);
  const id = uri.split('/').slice(3).join('/');
  // Names and domains find organizations too, but a URI names one thing for good.
  if (kind === undefined || !isObjectId(kind, id)) throw unknownResource(uri);
  const outcome = await details(ask, kind, id, extra);
  if (!outcome.ok) throw toProtocolError(outcome.error, { uri });
  return { contents: [{ uri, mimeType: MIME_TYPE, text: JSON.stringify(outcome.value) }] };
}

function details(ask: Ask, kind: ObjectKind, id: string, extra: Extra) {
  if (kind === 'organization') return ask('get_organization_details', { organization: id }, extra);
  if (kind === 'connection') return ask('get_sso_connection_details', { connection_id: id }, extra);
  return ask('get_directory_details', { directory_id: id }, extra);
}
