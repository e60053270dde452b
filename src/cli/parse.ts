import { parseArgs } from 'node:util';
import { APPROVAL_MODES, type ApprovalMode, POLICY_DEFAULTS } from '../gateway/defaults.ts';
import { isProfileName, PROFILES, type ProfileName } from '../privacy/policy.ts';
import { type CommandName, FLAGS, type FlagName, COMMANDS, isCommand } from './usage.ts';

/** Why a command line can't be run; answered with a usage line and exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly command: CommandName | undefined;

  constructor(message: string, command?: CommandName) {
    super(message);
    this.command = command;
  }
}

/** A command line that has been understood. */
export type Invocation =
  | { readonly run: 'version' }
  | { readonly run: 'help'; readonly command?: CommandName }
  | { readonly run: CommandName; readonly flags: Flags; readonly operands: readonly string[] };

export interface Flags {
  readonly port: number;
  readonly organizations: number | undefined;
  readonly users: number | undefined;
  readonly json: boolean;
  readonly sandbox: boolean;
  readonly readOnly: boolean;
  readonly allowWrites: boolean;
  /** What is covered in results; `undefined` when nobody chose. */
  readonly privacy: ProfileName | undefined;
  /** When an agent's change needs a person's yes. */
  readonly approvals: ApprovalMode;
  /** Seconds without progress. */
  readonly timeout: number;
  /** The lockfile that has to fit before anything is served. */
  readonly lock: string | undefined;
  /** The lockfile to write or to compare. */
  readonly file: string | undefined;
  readonly check: boolean;
  /** Whether to go ahead without asking. */
  readonly yes: boolean;
  /** Whether figures are served to Prometheus. */
  readonly metrics: boolean;
  /** Whether to go on and tell what changes. */
  readonly follow: boolean;
  /** The file with what tokens cost. */
  readonly prices: string | undefined;
  readonly tokenInPath: boolean;
  /** Of a new connection token: its name, the tools it may call, how long it lasts. As they were typed. */
  readonly name: string | undefined;
  readonly tools: string | undefined;
  readonly expires: string | undefined;
  /** What an audit trail is verified against. */
  readonly key: string | undefined;
  readonly checkpoint: string | undefined;
  readonly fast: boolean;
  /** Whether to stay off the network. */
  readonly offline: boolean;
  readonly format: string | undefined;
  readonly since: string | undefined;
}

const MOST_OPERANDS: Readonly<Record<CommandName, number>> = {
  stdio: 0,
  serve: 0,
  sandbox: 0,
  call: 2,
  lock: 0,
  kill: 0,
  resume: 0,
  approve: 1,
  stats: 0,
  tokens: 3,
  audit: 2,
  doctor: 0,
};

/** Understands a command line or says in one sentence why not. */
export function parseCommandLine(args: readonly string[]): Invocation {
  const [word, ...rest] = args;
  if (word === undefined) throw new UsageError('A command is missing.');
  if (['--help', '-h', '--version'].includes(word)) {
    if (rest.length > 0) throw new UsageError(`${word} stands alone.`);
    return { run: word === '--version' ? 'version' : 'help' };
  }
  if (!isCommand(word)) {
    throw new UsageError(word.startsWith('-') ? `Unknown flag ${word}.` : `Unknown command ${word}.`);
  }
  return parseCommand(word, rest);
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

function parseCommand(command: CommandName, args: readonly string[]): Invocation {
  const { values, operands } = split(command, args);
  if (values['help'] === true) return { run: 'help', command };
  const extra = operands[MOST_OPERANDS[command]];
  if (extra !== undefined) throw new UsageError(`Unexpected argument ${extra}.`, command);
  if (values['read-only'] === true && values['allow-writes'] === true) {
    throw new UsageError('--read-only and --allow-writes contradict each other.', command);
  }
  const count = (name: FlagName, least: number, most: number) => integer(command, values, name, least, most);
  const flags: Flags = {
    port: count('port', 0, 65_535) ?? 0,
    organizations: count('organizations', 1, 10_000),
    users: count('users', 1, 100_000),
    json: values['json'] === true,
    sandbox: values['sandbox'] === true,
    readOnly: values['read-only'] === true,
    allowWrites: values['allow-writes'] === true,
    privacy: profile(command, values['privacy']),
    approvals: approvalMode(command, values['approvals']),
    timeout: count('timeout', 1, 3_600) ?? POLICY_DEFAULTS.callSeconds.withoutProgress,
    lock: fileName(command, values, 'lock'),
    file: fileName(command, values, 'file'),
    check: values['check'] === true,
    yes: values['yes'] === true,
    metrics: values['metrics'] === true,
    follow: values['follow'] === true,
    prices: fileName(command, values, 'prices'),
    tokenInPath: values['token-in-path'] === true,
    name: typed(values['name']),
    tools: typed(values['tools']),
    expires: typed(values['expires']),
    key: fileName(command, values, 'key'),
    checkpoint: fileName(command, values, 'checkpoint'),
    fast: values['fast'] === true,
    offline: values['offline'] === true,
    format: typed(values['format']),
    since: typed(values['since']),
  };
  return { run: command, flags, operands };
}

function split(
  command: CommandName,
  args: readonly string[],
): { values: Values; operands: readonly string[] } {
  const known: readonly FlagName[] = COMMANDS[command].flags;
  const options = Object.fromEntries(known.map((name) => [name, { type: FLAGS[name].type }]));
  try {
    const { values, positionals } = parseArgs({
      args: args.map((arg) => (arg === '-h' ? '--help' : arg)),
      options,
      strict: true,
      allowPositionals: true,
    });
    return { values, operands: positionals };
  } catch (cause) {
    throw new UsageError(reasonOf(cause), command);
  }
}

/** Node's reason without its advice, which follows after the first sentence or line. */
function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return `${/^.*?(?=\. |\.?\n|\.?$)/.exec(text)?.[0] ?? text}.`;
}

function profile(command: CommandName, given: Values[string]): ProfileName | undefined {
  if (given === undefined) return undefined;
  if (typeof given === 'string' && isProfileName(given)) return given;
  throw new UsageError(`--privacy takes one of ${Object.keys(PROFILES).join(', ')}.`, command);
}

function approvalMode(command: CommandName, given: Values[string]): ApprovalMode {
  if (given === undefined) return POLICY_DEFAULTS.approvals;
  const mode = APPROVAL_MODES.find((each) => each === given);
  if (mode !== undefined) return mode;
  throw new UsageError(`--approvals takes one of ${APPROVAL_MODES.join(', ')}.`, command);
}

function integer(command: CommandName, values: Values, name: FlagName, least: number, most: number) {
  const text = values[name];
  if (text === undefined) return undefined;
  const value = typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`--${name} takes a whole number from ${least} to ${most}.`, command);
}

function typed(value: Values[string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function fileName(command: CommandName, values: Values, name: FlagName): string | undefined {
  const text = values[name];
  if (text === '') throw new UsageError(`--${name} takes the name of a file.`, command);
  return typeof text === 'string' ? text : undefined;
}
