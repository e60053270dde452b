import { type Approval, createApprovals } from '../access/approvals.ts';
import { normalCode } from '../access/approval-code.ts';
import { shownArguments } from '../access/shown-arguments.ts';
import { openStateDir } from '../access/state-dir.ts';
import { aboutApproval } from '../audit/record-approvals.ts';
import { shortLine } from '../shared/text.ts';
import { print, printError } from './process.ts';
import { AT_TERMINAL, recordDone } from './record-done.ts';
import { askYes, isTerminal } from './terminal.ts';

const LONGEST_NAME = 80;

/** `workos-mcp approve [CODE]`: shows what an agent wants to change and asks, or lists what waits. Needs no account. */
export async function runApprove([code]: readonly string[]): Promise<number> {
  const approvals = createApprovals(openStateDir());
  if (code === undefined) return list(approvals.pending());
  const asked = approvals.pending().find((approval) => approval.code === normalCode(code));
  if (asked === undefined) return gone();
  print(described(asked));
  if (!isTerminal()) {
    printError(
      'workos-mcp: approve needs a terminal to read from and to write to: a person is asked, not a program.',
    );
    return 1;
  }
  const yes = await askYes('Allow exactly this, once?');
  const done = await (yes ? approvals.approve(asked.code, AT_TERMINAL.surface) : approvals.deny(asked.code));
  if (!done) return gone();
  print(yes ? 'Approved. The agent can now make the same call again.' : 'Not approved.');
  await recordDone({ command: 'approve', locked: 'ask' }, (events) =>
    events.approval(yes ? 'given' : 'denied', { ...aboutApproval(asked), by: AT_TERMINAL }),
  );
  return 0;
}

function list(pending: readonly Approval[]): number {
  if (pending.length === 0) print('Nothing waits for approval.');
  for (const { code, tool, environment, client, expires } of pending) {
    print(`${code}  ${tool}  ${place(environment)}  ${line(client)}  ${secondsUntil(expires)} s left`);
  }
  if (pending.length > 0) print('\n"workos-mcp approve CODE" shows one whole and asks.');
  return 0;
}

function gone(): number {
  printError('workos-mcp: no question waits under this code: it is wrong, answered, used or expired.');
  return 1;
}

function described({ tool, environment, client, expires, ...asked }: Approval): string {
  return [
    `  Environment  ${place(environment)}`,
    `  Asked by     ${line(client)}`,
    `  Expires      in ${secondsUntil(expires)} s`,
    `  Tool         ${tool}`,
    ...shownArguments(asked.arguments).map((argument) => `    ${argument}`),
    '',
  ].join('\n');
}

function place({ name, kind }: Approval['environment']): string {
  return `${line(name)} (${line(kind)})`;
}

/** Names come from outside: none of them moves the cursor or paints a line of its own. */
function line(name: string): string {
  return shortLine(name, LONGEST_NAME);
}

function secondsUntil(time: Date): number {
  return Math.max(0, Math.round((time.getTime() - Date.now()) / 1000));
}
