import { isRecord } from '../../shared/json.ts';
import type { Entry } from './entries.ts';

/** What exports show of an entry, whatever its kind. */
export interface Fields {
  readonly time: string;
  readonly kind: string;
  /** The tool, the event's name, or the kind. */
  readonly operation: string;
  readonly verb: string | undefined;
  readonly status: string | undefined;
  readonly decision: string | undefined;
  readonly ms: number | undefined;
  readonly bytes: number | undefined;
  readonly user: string | undefined;
  /** `agent`, `person` or `system`: who called, or did what an event tells of. */
  readonly actor: string | undefined;
  /** The client of an agent; the place a person called from, or what an event tells of was done at. */
  readonly client: string | undefined;
  readonly clientVersion: string | undefined;
  readonly session: string | undefined;
  readonly environment: string | undefined;
  readonly environmentId: string | undefined;
  readonly server: string | undefined;
  readonly contract: string | undefined;
  readonly policy: string | undefined;
  readonly argsHmac: string | undefined;
  readonly resultHash: string | undefined;
  readonly redactions: number | undefined;
  /** Name of the connection token the client came with, or an event is about, and its id, which it keeps. */
  readonly token: string | undefined;
  readonly tokenId: string | undefined;
  /** Where a person said yes to the change. */
  readonly approvedBy: string | undefined;
  /** Ids of what the arguments and the answer name, with spaces between them. */
  readonly resources: string | undefined;
  /** Ids of the requests to WorkOS, with spaces between them. */
  readonly requestIds: string | undefined;
}

/** Reads an entry; what it does not say is undefined. */
export function fieldsOf({ record, intent, origin }: Entry): Fields {
  const { kind, time, body } = record;
  const call = intent?.body ?? body;
  const caller = inside(call, 'caller');
  const client = inside(caller, 'client');
  const environment = inside(call, 'environment');
  const details = inside(body, 'details');
  const by = inside(details, 'by');
  const token = { ...inside(details, 'token'), ...inside(caller, 'token') };
  const name = kind === 'event' ? text(body, 'name') : undefined;
  return {
    time,
    kind,
    operation: text(body, 'tool') ?? name ?? kind,
    verb: text(body, 'verb'),
    status: text(body, 'status'),
    decision: text(body, 'decision'),
    ms: number(body, 'ms'),
    bytes: number(body, 'bytes'),
    user: text(call, 'os_user') ?? text(origin?.body ?? {}, 'os_user'),
    actor: text(caller, 'kind') ?? text(by, 'kind'),
    client: text(client, 'name') ?? text(caller, 'surface') ?? text(by, 'surface') ?? text(details, 'client'),
    clientVersion: text(client, 'version'),
    session: text(caller, 'session'),
    environment: text(environment, 'kind'),
    environmentId: text(environment, 'id'),
    server: text(call, 'server') ?? text(origin?.body ?? {}, 'server'),
    contract: text(call, 'contract') ?? text(origin?.body ?? {}, 'contract'),
    policy: text(call, 'policy') ?? text(origin?.body ?? {}, 'policy'),
    argsHmac: text(call, 'args_hmac'),
    resultHash: text(body, 'result_hash'),
    redactions: redactions(body),
    token: text(token, 'name'),
    tokenId: text(token, 'id'),
    approvedBy: joined(
      list(body, 'approvals').filter((each) => text(each, 'state') === 'given'),
      'by',
    ),
    resources: words([...texts(intent?.body ?? {}, 'resources'), ...texts(body, 'resources')]),
    requestIds: joined(list(body, 'upstream'), 'request_id'),
  };
}

type Values = Readonly<Record<string, unknown>>;

function inside(body: Values, name: string): Values {
  const value = body[name];
  return isRecord(value) ? value : {};
}

function text(body: Values, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' ? value : undefined;
}

function number(body: Values, name: string): number | undefined {
  const value = body[name];
  return typeof value === 'number' ? value : undefined;
}

function list(body: Values, name: string): readonly Values[] {
  const value = body[name];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function texts(body: Values, name: string): readonly string[] {
  const value = body[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function joined(values: readonly Values[], name: string): string | undefined {
  return words(values.flatMap((value) => text(value, name) ?? []));
}

/** Each once; `undefined` for none. */
function words(all: readonly string[]): string | undefined {
  return all.length === 0 ? undefined : [...new Set(all)].join(' ');
}

function redactions(body: Values): number | undefined {
  const { redactions: found } = body;
  if (!Array.isArray(found)) return undefined;
  return found.reduce(
    (sum: number, each: unknown) => sum + ((isRecord(each) && number(each, 'count')) || 0),
    0,
  );
}
