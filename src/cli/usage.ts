import { POLICY_DEFAULTS } from '../gateway/defaults.ts';

const { withoutProgress, inAll } = POLICY_DEFAULTS.callSeconds;

/** The commands, and the flags each one takes. */
export const COMMANDS = {
  stdio: {
    synopsis: 'stdio [flags]',
    about: 'Serve MCP over stdin and stdout, for clients that start the server themselves.',
    flags: ['sandbox', 'read-only', 'allow-writes', 'lock', 'privacy', 'timeout', 'help'],
  },
  serve: {
    synopsis: 'serve [--port N] [--json] [flags]',
    about: 'Serve MCP Streamable HTTP on 127.0.0.1 and print what a client needs to connect.',
    flags: ['port', 'json', 'sandbox', 'read-only', 'allow-writes', 'lock', 'privacy', 'timeout', 'help'],
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
  audit: {
    synopsis: 'audit verify|export|tail [PATH] [flags]',
    about:
      'Verify the audit trail (exit status 0 intact, 1 tampered, 2 unverifiable), export its records, or follow them. PATH is a file or a directory; by default the trail of this user.',
    flags: ['key', 'checkpoint', 'fast', 'format', 'since', 'json', 'help'],
  },
} as const;

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

/** Narrows a word to a command. */
export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}

/** The line that says how a command is written; without a command, how the program is. */
export function usageLine(command?: CommandName): string {
  const synopsis =
    command === undefined ? `${Object.keys(COMMANDS).join(' | ')} [--help]` : COMMANDS[command].synopsis;
  return `Usage: workos-mcp ${synopsis}`;
}

/** The help of the program. */
export function overallHelp(): string {
  const commands = Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(9)}${about}`);
  return `${[
    'MCP tools for a WorkOS account: organizations, SSO connections, directories and audit logs.',
    '',
    'Usage: workos-mcp COMMAND [flags]',
    '',
    'Commands:',
    ...commands,
    '',
    'Environment:',
    '  WORKOS_API_KEY       Key of the account to work on; not needed with --sandbox.',
    '  WORKOS_API_BASE_URL  Origin of the API (default https://api.workos.com).',
    '  WORKOS_MCP_PASSPHRASE  Opens the vault of the key that signs the audit trail.',
    '  WORKOS_MCP_TOKEN     Bearer token for serve, at least 32 characters (default: random).',
    '',
    '"workos-mcp COMMAND --help" prints the flags of a command; "workos-mcp --version" the version.',
    'Exit status: 0 done, 1 failed, 2 wrong usage, 3 refused: what this build offers is not what a lockfile says.',
  ].join('\n')}\n`;
}

/** The help of one command. */
export function commandHelp(command: CommandName): string {
  const { about, flags } = COMMANDS[command];
  const rows = flags.map((name) => {
    const { value, about: what } = FLAGS[name];
    return `  ${`--${name}${value === undefined ? '' : ` ${value}`}`.padEnd(19)}${what}`;
  });
  return `${[about, '', usageLine(command), '', 'Flags:', ...rows].join('\n')}\n`;
}
