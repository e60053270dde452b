import { createKillSwitch } from '../access/kill-switch.ts';
import { openStateDir } from '../access/state-dir.ts';
import { StateError } from '../access/state-error.ts';
import type { TokenScope } from '../access/token-file.ts';
import type { TokenInfo } from '../access/token-info.ts';
import { createTokens, type TokenEvent, type Tokens } from '../access/tokens.ts';
import { allows } from '../gateway/policy.ts';
import { allWritten } from '../shared/output.ts';
import { isToolName, tools } from '../tools/registry.ts';
import { clientConfiguration } from './client-configuration.ts';
import { type Flags, UsageError } from './parse.ts';
import { print, printError } from './process.ts';
import { AT_TERMINAL, recordDone } from './record-done.ts';
import { type FlagRule, requireFlags } from './require-flags.ts';
import { requireRunning } from './stopped.ts';
import { jsonOf, tokenTable } from './token-table.ts';

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const MOST_MS = 3_650 * UNITS.d;

interface Operands {
  readonly which: string;
  readonly name: string;
}

interface Action {
  /** What it takes besides flags, as it is shown. */
  readonly operands: readonly string[];
  /** `changes` holds what it changed, if anything. */
  run(tokens: Tokens, operands: Operands, flags: Flags, changes: readonly TokenEvent[]): Promise<void>;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  issue: { operands: [], run: (tokens, _none, flags) => issue(tokens, flags) },
  list: { operands: [], run: async (tokens, _none, { json }) => list(tokens, json) },
  rename: {
    operands: ['TOKEN', 'NAME'],
    run: async (tokens, { which, name }) => say(await tokens.rename(which, name), 'is its name now'),
  },
  enable: {
    operands: ['TOKEN'],
    run: async (tokens, { which }) => enabled(await tokens.enable(which)),
  },
  disable: {
    operands: ['TOKEN'],
    run: async (tokens, { which }) =>
      say(await tokens.disable(which).catch(nameWayOut), 'is disabled, and what was open under it ends'),
  },
  revoke: {
    operands: ['TOKEN'],
    run: async (tokens, { which }, _flags, changes) => {
      const info = await tokens.revoke(which).catch(nameWayOut);
      const again = changes.length === 0;
      say(info, again ? 'was revoked already' : 'is revoked for good, and what was open under it ends');
    },
  },
};

const RULES: readonly FlagRule[] = [
  { flags: ['json'], actions: ['issue', 'list'] },
  { flags: ['name', 'tools', 'readOnly', 'expires'], actions: ['issue'] },
];

/** `workos-mcp tokens ACTION`: the connection tokens that servers and windows accept, in whatever process they run. Needs no account. */
export async function runTokens(flags: Flags, [word, ...operands]: readonly string[]): Promise<number> {
  const names = Object.keys(ACTIONS).join(', ');
  if (word === undefined) throw wrong(`What to do is missing: one of ${names}.`);
  const action = Object.hasOwn(ACTIONS, word) ? ACTIONS[word] : undefined;
  if (action === undefined) throw wrong(`tokens does one of ${names}.`);
  if (operands.length !== action.operands.length)
    throw wrong(
      `It is written: tokens ${[word, ...action.operands].join(' ')}. A name with spaces takes quotes.`,
    );
  requireFlags('tokens', word, flags, RULES);
  const [which = '', name = ''] = operands;
  const changes: TokenEvent[] = [];
  const onChange = (change: TokenEvent) => void changes.push(change);
  await action.run(createTokens(openStateDir(), { onChange }), { which, name }, flags, changes);
  if (changes.length > 0)
    await recordDone({ command: `tokens ${word}`, locked: 'ask' }, async (events) => {
      for (const { kind, token } of changes) await events.token(kind, token, AT_TERMINAL);
    });
  const issued = changes.find(({ kind }) => kind === 'issued');
  if (issued !== undefined && !(await allWritten()))
    printError(`workos-mcp: nobody was shown the token: revoke ${issued.token.id} and issue another one.`);
  return 0;
}

async function issue(tokens: Tokens, flags: Flags): Promise<void> {
  const { name, readOnly, json } = flags;
  if (name === undefined) throw wrong('tokens issue takes --name NAME.');
  const wish = {
    name,
    scope: usefulScope({ tools: toolNames(flags.tools), readOnly }),
    lifetimeMs: lifetime(flags.expires),
  };
  requireRunning(createKillSwitch(openStateDir()));
  const { token, info } = await tokens.issue(wish);
  if (json) print(JSON.stringify({ token, ...jsonOf(info) }));
  else print(welcome(token, info));
}

function welcome(token: string, info: TokenInfo): string {
  return [
    `Issued ${info.name} (${info.id}). This is the only time the token is shown:`,
    '',
    `  ${token}`,
    '',
    'Every "workos-mcp serve" and VS Code window of yours accepts it. PORT is the port of the server, as in "serve --port PORT".',
    '',
    ...clientConfiguration('http://127.0.0.1:PORT/mcp', token),
    '',
    'A client that can not send headers, with "serve --token-in-path":',
    '',
    `  http://127.0.0.1:PORT/${token}/mcp`,
  ].join('\n');
}

function list(tokens: Tokens, json: boolean): void {
  const all = tokens.list();
  if (json) print(JSON.stringify({ tokens: all.map(jsonOf) }));
  else if (all.length === 0)
    print('There are no connection tokens. "workos-mcp tokens issue --name NAME" issues one.');
  else for (const line of tokenTable(all)) print(line);
}

/** A token that can't be ended alone, as on a full disk, can be ended with all others. */
function nameWayOut(thrown: unknown): never {
  if (!(thrown instanceof StateError)) throw thrown;
  throw new Error(
    `${thrown.message} "workos-mcp kill --yes" takes no room on the disk: it stops everything and revokes all connection tokens.`,
    { cause: thrown },
  );
}

function enabled(info: TokenInfo): void {
  say(info, info.status === 'expired' ? 'is enabled, but it has expired' : 'is enabled');
}

function say({ id, name }: TokenInfo, what: string): void {
  print(`${id}: ${name} ${what}.`);
}

function toolNames(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  const unknown = names.find((name) => !isToolName(name));
  if (unknown === undefined) return names;
  throw wrong(`Unknown tool ${unknown}. There are: ${Object.keys(tools).join(', ')}.`);
}

/** A token that no tool could be called with is a mistake, most likely in the list of tools. */
function usefulScope(scope: TokenScope): TokenScope {
  if (Object.values(tools).some((tool) => allows({}, tool, scope))) return scope;
  throw wrong('--read-only leaves none of these tools: each of them changes the account.');
}

function lifetime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, count = '0', unit = ''] = /^(\d{1,7})([mhd])$/u.exec(text) ?? [];
  const ms = Number(count) * (unit === 'm' || unit === 'h' || unit === 'd' ? UNITS[unit] : 0);
  if (ms > 0 && ms <= MOST_MS) return ms;
  throw wrong('--expires takes minutes, hours or days up to ten years, as 90m, 12h or 30d.');
}

function wrong(message: string): UsageError {
  return new UsageError(message, 'tokens');
}
