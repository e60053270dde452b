import { type CommandName, COMMANDS, FLAGS, FLAGS_OF } from './usage.ts';

/** What else the help of a command says. */
const NOTES: Readonly<Partial<Record<CommandName, string>>> = {
  tokens:
    'A change holds at once, for running servers, too. TOKEN is an id or a name; "issue" prints the token once.',
  audit:
    'PATH is a file or a directory, by default the trail of this user. "verify" ends with status 0 intact, 1 tampered, 2 unverifiable.',
  doctor:
    'It changes nothing, and asks WorkOS for one organization. Status 1 if something fails, 0 otherwise.',
  approve:
    "It needs a terminal and takes no --yes: the answer is to be a person's, not that of an agent with a shell.",
};

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
    '  WORKOS_API_KEY         Key of the account to work on; not needed with --sandbox.',
    '  WORKOS_API_BASE_URL    Origin of the API (default https://api.workos.com).',
    '  WORKOS_MCP_PASSPHRASE  Opens the vault of the key that signs the audit trail.',
    '  WORKOS_MCP_TOKEN       Bearer token for serve, at least 32 characters (default: random).',
    '  HTTPS_PROXY            HTTP proxy on the way to WorkOS; NO_PROXY lists hosts reached without it.',
    '  NODE_EXTRA_CA_CERTS    File of authorities to trust besides those of Node and of the system.',
    "  WORKOS_MCP_HOME        Directory for the kill switch, approvals, tokens, figures and the trail (default: the system's for state).",
    '',
    '"workos-mcp COMMAND --help" prints the flags of a command; "workos-mcp --version" the version.',
    'Exit status: 0 done, 1 failed, 2 wrong usage, 3 refused: what this build offers is not what a lockfile says,',
    '4 stopped by the kill switch.',
  ].join('\n')}\n`;
}

/** The help of one command. */
export function commandHelp(command: CommandName): string {
  const { about: whole, flags } = COMMANDS[command];
  const rows = flags.map((name) => {
    const { value, about } = FLAGS[name];
    const what = FLAGS_OF[command]?.[name] ?? about;
    return `  ${`--${name}${value === undefined ? '' : ` ${value}`}`.padEnd(19)}${what}`;
  });
  const note = NOTES[command];
  const head = note === undefined ? [whole] : [whole, note];
  return `${[...head, '', usageLine(command), '', 'Flags:', ...rows].join('\n')}\n`;
}
