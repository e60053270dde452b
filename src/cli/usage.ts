import { POLICY_DEFAULTS } from '../gateway/defaults.ts';

const { withoutProgress, inAll } = POLICY_DEFAULTS.callSeconds;

/** The commands, and the flags each one takes. */
export const COMMANDS = {
  stdio: {
    synopsis: 'stdio [flags]',
    about: 'Serve MCP over stdin and stdout, for clients that start the server themselves.',
    flags: ['sandbox', 'read-only', 'allow-writes', 'approvals', 'lock', 'privacy', 'timeout', 'help'],
  },
  serve: {
    synopsis: 'serve [--port N] [--json] [flags]',
    about: 'Serve MCP Streamable HTTP on 127.0.0.1 and print what a client needs to connect.',
    flags: [
      'port',
      'json',
      'sandbox',
      'read-only',
      'allow-writes',
      'approvals',
      'lock',
      'privacy',
      'timeout',
      'metrics',
      'token-in-path',
      'help',
    ],
  },
  sandbox: {
    synopsis: 'sandbox [--port N] [--organizations N] [--users N] [--json]',
    about: 'Serve only the sample WorkOS API, for programs that want to call it.',
    flags: ['port', 'organizations', 'users', 'json', 'help'],
  },
  call: {
    synopsis: "call TOOL ['JSON' | -] [flags]",
    about: 'Call one tool and print its result as JSON; "-" reads the arguments from stdin.',
    flags: ['sandbox', 'read-only', 'allow-writes', 'lock', 'privacy', 'timeout', 'help'],
  },
  lock: {
    synopsis: 'lock [--check] [--file FILE]',
    about: 'Write workos-mcp.lock: digests of what this build tells clients, and of the policy defaults.',
    flags: ['check', 'file', 'help'],
  },
  stats: {
    synopsis: 'stats [--follow] [--json] [--prices FILE]',
    about: 'Print figures of the past 24 hours and 7 days, over all processes of this user.',
    flags: ['follow', 'json', 'prices', 'help'],
  },
  kill: {
    synopsis: 'kill [--yes]',
    about:
      'Stop every server, VS Code window and call of this user, until "resume", and revoke all connection tokens for good.',
    flags: ['yes', 'help'],
  },
  resume: {
    synopsis: 'resume [--yes]',
    about:
      'Lift a stop. After a quarantine it says what was seen, and asks. Servers that ended are yours to start again.',
    flags: ['yes', 'help'],
  },
  doctor: {
    synopsis: 'doctor [--json] [--offline] [--lock FILE]',
    about: 'Look at key, network, proxy, state, trail, lock, tokens, clients, and say what to mend.',
    flags: ['json', 'offline', 'lock', 'help'],
  },
  approve: {
    synopsis: 'approve [CODE]',
    about: "Show the change of an agent's that waits under a code, and ask; without a code, list what waits.",
    flags: ['help'],
  },
  tokens: {
    synopsis:
      'tokens issue --name NAME [flags] | list [--json] | rename TOKEN NAME | enable TOKEN | disable TOKEN | revoke TOKEN',
    about: 'Manage the connection tokens that every "serve" and VS Code window of yours accepts.',
    flags: ['name', 'tools', 'read-only', 'expires', 'json', 'help'],
  },
  audit: {
    synopsis: 'audit verify|export|tail [PATH] [flags] | evidence FILE.zip [--since TIME]',
    about: 'Verify, export or follow the audit trail, or bundle it for an auditor.',
    flags: ['key', 'checkpoint', 'fast', 'format', 'since', 'json', 'help'],
  },
} as const;

const PRINT_JSON = 'Print JSON for programs.';

export type CommandName = keyof typeof COMMANDS;
export type FlagName = (typeof COMMANDS)[CommandName]['flags'][number];

/** Every flag: what it takes and what it does. */
export const FLAGS: Readonly<
  Record<FlagName, { readonly type: 'boolean' | 'string'; readonly value?: string; readonly about: string }>
> = {
  port: { type: 'string', value: 'N', about: 'Listen on this port (default: any free one).' },
  organizations: { type: 'string', value: 'N', about: 'Organizations in the sample account (default 5).' },
  users: { type: 'string', value: 'N', about: 'Users in the directory of Umbra Health (default 42).' },
  json: { type: 'boolean', about: 'Print one line of JSON for programs, then only logs to stderr.' },
  sandbox: { type: 'boolean', about: 'Work on a built-in sample account; needs no key.' },
  'read-only': { type: 'boolean', about: 'Hide and refuse the tool that creates organizations.' },
  'allow-writes': { type: 'boolean', about: 'Allow it with a production key (sk_live_), too.' },
  privacy: {
    type: 'string',
    value: 'PROFILE',
    about: 'What agents see masked: strict, balanced (default) or off. With call: what you see, too.',
  },
  approvals: {
    type: 'string',
    value: 'WHEN',
    about:
      "When an agent's change needs your yes: always, after-untrusted (default: once it was given text third parties wrote) or never.",
  },
  yes: { type: 'boolean', about: 'Do not ask.' },
  metrics: {
    type: 'boolean',
    about: 'Answer GET /metrics with figures for Prometheus, behind the same token.',
  },
  follow: { type: 'boolean', about: 'Print again whenever something changed, until Ctrl+C.' },
  prices: {
    type: 'string',
    value: 'FILE',
    about:
      'JSON with what models cost per million tokens, by client: {"currency", "clients": {"*": {"input", "output"}}}.',
  },
  lock: { type: 'string', value: 'FILE', about: 'Refuse to serve unless this lockfile fits this build.' },
  file: { type: 'string', value: 'FILE', about: 'The lockfile (default workos-mcp.lock in this folder).' },
  check: {
    type: 'boolean',
    about: 'Write nothing: say what differs from the file and exit with 1 if anything.',
  },
  timeout: {
    type: 'string',
    value: 'SECONDS',
    about: `End a call after this long without progress (default ${withoutProgress}), or ${inAll / withoutProgress} times that in all.`,
  },
  'token-in-path': {
    type: 'boolean',
    about: 'Accept connection tokens at /TOKEN/mcp, too, for clients that can not send headers.',
  },
  name: { type: 'string', value: 'NAME', about: 'What to call the new token.' },
  tools: { type: 'string', value: 'A,B', about: 'The tools it may call (default: all).' },
  expires: {
    type: 'string',
    value: 'TIME',
    about: 'How long it lasts, as 90m, 12h or 30d (default: for ever).',
  },
  offline: { type: 'boolean', about: 'Leave out what goes over the network.' },
  key: { type: 'string', value: 'PUB', about: 'Verify against this public master key, kept elsewhere.' },
  checkpoint: { type: 'string', value: 'FILE', about: 'Verify against this checkpoint, kept elsewhere.' },
  fast: { type: 'boolean', about: 'Verify all hashes, but only the signatures that cover the others.' },
  format: { type: 'string', value: 'FORMAT', about: 'Export as jsonl (default), ocsf, cef or csv.' },
  since: {
    type: 'string',
    value: 'TIME',
    about: 'Export what is newer: a date like 2026-01-31, or 12h, 7d.',
  },
  help: { type: 'boolean', about: 'Print this help.' },
};

/** What a flag does where a command has its own use for it. */
export const FLAGS_OF: Readonly<Partial<Record<CommandName, Readonly<Partial<Record<FlagName, string>>>>>> = {
  call: { lock: 'Refuse to call unless this lockfile fits this build.' },
  stats: { json: PRINT_JSON },
  doctor: { json: PRINT_JSON, lock: 'Compare with this lockfile as well.' },
  tokens: { json: `${PRINT_JSON} With issue and list.`, 'read-only': 'The new token may only read.' },
  audit: {
    json: 'Print JSON for programs. With verify and tail.',
    since: 'Export or bundle what is newer: a date like 2026-01-31, or 12h, 7d.',
  },
};

/** Narrows a word to a command. */
export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}
