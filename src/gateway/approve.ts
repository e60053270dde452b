import { type Approvals, APPROVAL_MS, type Change, MOST_OPEN } from '../access/approvals.ts';
import { shownArguments } from '../access/shown-arguments.ts';
import type { Taint } from '../access/taint.ts';
import { AppError } from '../shared/errors.ts';
import { isRecord } from '../shared/json.ts';
import { shortLine } from '../shared/text.ts';
import { abortable } from '../shared/wait.ts';
import type { Environment } from '../tools/tool.ts';
import { noteApproval } from './call-number.ts';
import type { Caller } from './caller.ts';
import type { ApprovalMode } from './defaults.ts';
import type { Call, Step } from './steps.ts';

/** What a person is to judge has to be short enough to be read; more characters are refused, never cut. */
const MOST_CHARACTERS = 4_000;
const LONGEST_NAME = 60;

/** What the step needs to know, and where questions go that the client can't show. */
export interface ApproveOptions {
  readonly environment: Environment;
  /** Read at each call. */
  readonly mode: () => ApprovalMode;
  /** Which sessions were given third parties' text. One for all gateways an agent can reach. */
  readonly taint: Taint;
  /** Without it, only a client that can ask gets a yes. */
  readonly store?: Approvals | undefined;
}

/** An agent that has read what third parties wrote may be doing what they want: what it changes then takes a person's yes to exactly that. */
export function approve(options: ApproveOptions | undefined): Step {
  if (options === undefined) return (next) => next;
  return (next) => async (call) => {
    const { caller } = call;
    if (caller.kind !== 'agent') return next(call);
    const change = changeOf(call, caller, options.environment);
    if (change !== undefined && isNeeded(options, caller.session)) await settle(change, call, options);
    const outcome = await next(call);
    if (outcome.untrusted === true) options.taint.add(caller.session);
    return outcome;
  };
}

function isNeeded({ mode, taint }: ApproveOptions, session: string): boolean {
  return { always: true, 'after-untrusted': taint.has(session), never: false }[mode()];
}

/** What the call would change; `undefined` when it only reads, or only says what it would do. */
function changeOf(
  { tool, input }: Call,
  { session, client }: Extract<Caller, { kind: 'agent' }>,
  environment: Environment,
): Change | undefined {
  if (tool.annotations.readOnlyHint) return undefined;
  // As the tool gets them: defaults filled in, texts trimmed.
  const parsed = tool.input.parse(input ?? {});
  if (!isRecord(parsed)) throw new TypeError('Arguments are an object.');
  if (parsed['dry_run'] === true) return undefined;
  const name = shortLine(client.name, LONGEST_NAME);
  return { environment, tool: tool.name, arguments: parsed, session, client: name };
}

/** Returns once the person has said yes; throws otherwise. */
async function settle(change: Change, { confirm, signal }: Call, options: ApproveOptions): Promise<void> {
  const lines = shownArguments(change.arguments);
  if (lines.join('\n').length > MOST_CHARACTERS) throw tooLong();
  const { store } = options;
  const taken = await trying(store?.take(change));
  if (taken !== undefined) return noteApproval({ state: 'given', ...taken });
  if (confirm !== undefined) {
    if (await abortable(confirm(questionFor(change, lines, options)), signal)) return;
    throw declined();
  }
  const asked = await trying(store?.ask(change));
  if (typeof asked === 'object') noteApproval({ state: 'asked', code: asked.code });
  if (asked !== 'denied') throw required(change, asked);
  noteApproval({ state: 'denied' });
  throw declined();
}

/** Questions that can't be kept are as good as none: nothing is approved. */
async function trying<T>(work: Promise<T> | undefined): Promise<T | undefined> {
  return work?.catch(() => undefined);
}

function questionFor(
  { environment, tool, client }: Change,
  lines: readonly string[],
  { mode }: ApproveOptions,
): string {
  const why = mode() === 'always' ? '' : ' after it was given text that third parties wrote';
  return [
    `Allow this change in the ${environment.kind} environment "${environment.name}"? ${client} asks for it${why}.`,
    '',
    // A list keeps its lines where a client shows Markdown, too.
    ...[tool, ...lines].map((line) => `- ${line}`),
  ].join('\n');
}

function required({ tool }: Change, asked: { code: string } | 'full' | undefined): AppError {
  const message = `${tool} changes the account, so the person has to approve it first`;
  if (asked === undefined) {
    return new AppError({
      code: 'APPROVAL_REQUIRED',
      message: `${message}, and this server can't ask.`,
      hint: 'Tell the person what you would change, so that they can do it. "workos-mcp approve" in a terminal says why it can not be asked for.',
    });
  }
  if (asked === 'full') {
    return new AppError({
      code: 'APPROVAL_REQUIRED',
      message: `${message}; ${MOST_OPEN} questions wait for an answer already.`,
      hint: 'Ask the person to answer those in VS Code, or by "workos-mcp approve" in a terminal. Unanswered ones expire.',
    });
  }
  const { code } = asked;
  return new AppError({
    code: 'APPROVAL_REQUIRED',
    message: `${message}: code ${code}.`,
    hint: `Ask the person to approve ${code} in VS Code, or by "workos-mcp approve ${code}" in a terminal. Then call again with exactly the same arguments, within ${APPROVAL_MS / 60_000} minutes; the approval holds for one call.`,
  });
}

function declined(): AppError {
  return new AppError({
    code: 'DECLINED',
    message: 'The person did not approve this change, so nothing was done.',
    hint: 'Do not try again unless the person asks for it.',
  });
}

function tooLong(): AppError {
  return new AppError({
    code: 'INVALID_INPUT',
    message: `The arguments are longer than ${MOST_CHARACTERS} characters: too long for a person to approve.`,
    hint: 'Call with less: fewer domains, or less metadata. The person can make the change themselves, too.',
  });
}
