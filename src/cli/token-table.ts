import type { TokenInfo } from '../access/token-info.ts';
import { shortLine } from '../shared/text.ts';

const HEAD = ['id', 'name', 'ends in', 'state', 'may call', 'expires', 'http requests', 'last used'];
const LONGEST_NAME = 60;
const MOST_CLIENTS = 5;

/** A token as JSON for programs. */
export function jsonOf(info: TokenInfo): Record<string, unknown> {
  const { scope, lastUsed, clients, ...rest } = info;
  return {
    ...rest,
    tools: scope.tools,
    read_only: scope.readOnly,
    last_used: lastUsed,
    clients: clients.map((client) => ({
      name: client.name,
      requests: client.requests,
      last_used: client.lastUsed,
    })),
  };
}

/** The lines of a table of tokens; below each, the tools it is limited to and the clients that used it. */
export function tokenTable(all: readonly TokenInfo[]): readonly string[] {
  const rows = all.map(cellsOf);
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    line(HEAD),
    ...all.flatMap((info, index) => [line(rows[index] ?? []), ...scopeLine(info), ...clientLine(info)]),
  ];
}

function cellsOf(info: TokenInfo): readonly string[] {
  const { id, name, hint, status, scope, expires, requests, lastUsed } = info;
  const { tools } = scope;
  const count =
    tools === undefined ? 'all tools' : `${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}`;
  return [
    plain(id),
    plain(name),
    plain(hint),
    status,
    scope.readOnly ? `${count}, read-only` : count,
    expires === undefined ? 'never' : shown(expires),
    String(requests),
    lastUsed === undefined ? 'never' : shown(lastUsed),
  ];
}

function scopeLine({ scope: { tools = [] } }: TokenInfo): string[] {
  return tools.length === 0 ? [] : [`    only ${tools.map(plain).join(', ')}`];
}

function clientLine({ clients }: TokenInfo): string[] {
  if (clients.length === 0) return [];
  const named = clients.slice(0, MOST_CLIENTS).map(({ name, requests }) => `${plain(name)} ${requests}`);
  const more = clients.length > MOST_CLIENTS ? [`${clients.length - MOST_CLIENTS} more`] : [];
  return [`    by ${[...named, ...more].join(', ')}`];
}

/** To the minute, in UTC. */
function shown(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')}Z`;
}

/** Clients name themselves, and files can be edited. */
function plain(text: string): string {
  return shortLine(text, LONGEST_NAME);
}
