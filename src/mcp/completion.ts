import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { type CompleteRequest, CompleteRequestSchema, ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { ID_PREFIXES, type ObjectKind } from '../shared/object-ids.ts';
import type { Logger } from '../shared/logger.ts';
import { shortLine } from '../shared/text.ts';
import type { Ask, Extra } from './ask.ts';
import { RANGES } from './jobs.ts';
import { jobNamed } from './prompts.ts';
import { ProtocolError } from './protocol-error.ts';
import { kindOf } from './resources.ts';

/** The most values MCP lets an answer hold. */
const MAX_VALUES = 100;
/** The longest text the tools search for; nothing longer is typed to find a name. */
const SEARCH_LENGTH = 200;
const NONE: Found = { values: [] };

interface Found {
  readonly values: readonly string[];
  /** Whether the account holds more matches than were read. */
  readonly more?: boolean;
  readonly total?: number | undefined;
}

interface Row {
  readonly id: string;
  readonly name?: string | undefined;
  /** A name of such a row leads nowhere. */
  readonly altered?: boolean | undefined;
}

/** Completes arguments of prompts and ids in resource URIs. What fails inside is logged: typing goes on without help. */
export function offerCompletion(server: Server, ask: Ask, logger: Logger): void {
  server.setRequestHandler(CompleteRequestSchema, async ({ params }, extra) => {
    const { values, more, total } = await complete({ ask, logger, extra }, params);
    const shown = values.slice(0, MAX_VALUES);
    const hasMore = more === true || shown.length < values.length;
    return { completion: { values: shown, hasMore, ...(total !== undefined && { total }) } };
  });
}

interface Desk {
  readonly ask: Ask;
  readonly logger: Logger;
  readonly extra: Extra;
}

function complete(desk: Desk, { ref, argument }: CompleteRequest['params']): Promise<Found> | Found {
  const typed = argument.value.trim();
  if (ref.type === 'ref/resource') {
    const kind = kindOf(ref.uri);
    if (kind === undefined) {
      throw new ProtocolError(
        ErrorCode.InvalidParams,
        'Unknown resource template. resources/templates/list names those there are.',
      );
    }
    return argument.name === 'id' ? idsOf(desk, kind, typed) : NONE;
  }
  const known = jobNamed(ref.name).arguments.some(({ name }) => name === argument.name);
  if (known && argument.name === 'organization') return organizationNames(desk, typed);
  if (known && argument.name === 'range') {
    return { values: RANGES.filter((range) => range.startsWith(typed.toLowerCase())) };
  }
  return NONE;
}

/** Names as the tools take them: an id where the name alone would not lead back to this one organization. */
async function organizationNames(desk: Desk, typed: string): Promise<Found> {
  const { rows, masked, ...found } = await search(desk, 'organization', typed);
  const times = new Map<string, number>();
  for (const { name = '' } of rows) times.set(name.toLowerCase(), (times.get(name.toLowerCase()) ?? 0) + 1);
  const values = rows.map(({ id, name = '', altered = false }) =>
    !masked &&
    !altered &&
    name !== '' &&
    shortLine(name, SEARCH_LENGTH) === name &&
    times.get(name.toLowerCase()) === 1
      ? name
      : id,
  );
  return { ...found, values };
}

/** Ids that start with the typed text, or whose object has it in its name. */
async function idsOf(desk: Desk, kind: ObjectKind, typed: string): Promise<Found> {
  if (!typed.startsWith(ID_PREFIXES[kind])) {
    const { rows, ...found } = await search(desk, kind, typed);
    return { ...found, values: rows.map(({ id }) => id) };
  }
  const { rows, more } = await search(desk, kind, '');
  return { more, values: rows.map(({ id }) => id).filter((id) => id.startsWith(typed)) };
}

interface Hits {
  readonly rows: readonly Row[];
  readonly more: boolean;
  readonly total?: number | undefined;
  /** Whether something in the rows is covered: a covered name leads nowhere. */
  readonly masked: boolean;
}

async function search({ ask, logger, extra }: Desk, kind: ObjectKind, typed: string): Promise<Hits> {
  const none: Hits = { rows: [], more: false, masked: false };
  if (typed.length > SEARCH_LENGTH) return none;
  const input = { limit: MAX_VALUES, ...(typed !== '' && { search: typed }) };
  const outcome = await list(ask, kind, input, extra);
  if (outcome.ok) {
    const { items, next_cursor, total, redacted } = outcome.value;
    return { rows: items, more: next_cursor !== undefined, total, masked: redacted !== undefined };
  }
  logger.debug(`completion: ${outcome.error.code}`);
  return none;
}

function list(ask: Ask, kind: ObjectKind, input: object, extra: Extra) {
  if (kind === 'organization') return ask('list_workos_organizations', input, extra);
  if (kind === 'connection') return ask('list_sso_connections', input, extra);
  return ask('list_directories', input, extra);
}
