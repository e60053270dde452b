import { isLoopback } from '../shared/api-origin.ts';
import { isRecord } from '../shared/json.ts';
import type { ClientFile } from './client-files.ts';
import { parseJsonc } from './jsonc.ts';

/** What is said of this program in a client's configuration. */
export interface ClientEntry {
  readonly name: string;
  readonly command: string | undefined;
  readonly args: readonly string[];
  /** True when a WorkOS key is written into it. */
  readonly hasKey: boolean;
  /** The connection tokens that are written into it. */
  readonly tokens: readonly string[];
}

const KEY = /sk_(?:test|live)_\w{4}/u;
const TOKEN = /wmcp_[\w-]{16,}/gu;

/** Servers in a configuration that are this program, or lead to it. Throws a SyntaxError where it can't be read. */
export function ownEntries(text: string, { key, lenient }: ClientFile): readonly ClientEntry[] {
  const config: unknown = lenient ? parseJsonc(text) : JSON.parse(text);
  return serversIn(config, key)
    .filter(([name, server]) => mentionsUs(JSON.stringify(server)) || isServe(name, server))
    .map(([name, server]) => entryOf(name, server));
}

/** True when a text that can't be parsed is about this program all the same. */
export function mentionsUs(text: string): boolean {
  return /workos-mcp|WORKOS_API_KEY|wmcp_/u.test(text);
}

type Server = Readonly<Record<string, unknown>>;

/** Claude Code keeps servers of projects deeper, each under the project's folder. */
function serversIn(config: unknown, key: ClientFile['key']): (readonly [string, Server])[] {
  if (!isRecord(config)) return [];
  const projects = isRecord(config['projects']) ? Object.values(config['projects']) : [];
  return [config, ...projects].flatMap((place) => {
    const servers = isRecord(place) ? place[key] : undefined;
    if (!isRecord(servers)) return [];
    return Object.entries(servers).flatMap(([name, server]) =>
      isRecord(server) ? [[name, server] as const] : [],
    );
  });
}

/** Over HTTP, nothing names this program but what the person calls it, as in what `serve` prints. */
function isServe(name: string, { url }: Server): boolean {
  const at = typeof url === 'string' ? URL.parse(url) : null;
  return at !== null && isLoopback(at) && at.pathname.endsWith('/mcp') && /workos/iu.test(name);
}

function entryOf(name: string, server: Server): ClientEntry {
  const { command, args, env } = server;
  const given = isRecord(env) ? env['WORKOS_API_KEY'] : undefined;
  const spelled = typeof given === 'string' && given !== '' && !given.includes('$');
  return {
    name,
    command: typeof command === 'string' ? command : undefined,
    args: Array.isArray(args) ? args.filter((arg) => typeof arg === 'string') : [],
    hasKey: spelled || KEY.test(JSON.stringify(server)),
    tokens: [...new Set(JSON.stringify(server).match(TOKEN))],
  };
}
