import { VERSION } from '../mcp/version.ts';
import { LockRefusal } from '../lock/check.ts';
import { writeOutput } from '../shared/output.ts';
import { runApprove } from './approve-command.ts';
import { runAudit } from './audit-command.ts';
import { runCall } from './call-command.ts';
import { commandHelp, overallHelp, usageLine } from './help.ts';
import { runDoctor } from './doctor-command.ts';
import { runKill } from './kill-command.ts';
import { runLock } from './lock-command.ts';
import { type Invocation, parseCommandLine, UsageError } from './parse.ts';
import { print, printError, stopSignal } from './process.ts';
import { runResume } from './resume-command.ts';
import { runSandbox } from './sandbox-command.ts';
import { runServe } from './serve-command.ts';
import { runStats } from './stats-command.ts';
import { runStdio } from './stdio-command.ts';
import { StoppedRefusal } from './stopped.ts';
import { runTokens } from './tokens-command.ts';
import type { CommandName } from './usage.ts';

/** Runs one command line and returns the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await run(parseCommandLine(args));
  } catch (error) {
    if (error instanceof LockRefusal) return refuse(error);
    printError(`workos-mcp: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof StoppedRefusal) return 4;
    if (!(error instanceof UsageError)) return 1;
    printError(usageLine(error.command));
    return 2;
  }
}

async function run(invocation: Invocation): Promise<number> {
  switch (invocation.run) {
    case 'version':
      print(VERSION);
      return 0;
    case 'help':
      writeOutput(invocation.command === undefined ? overallHelp() : commandHelp(invocation.command));
      return 0;
    default:
      return RUNNERS[invocation.run](invocation, stopSignal());
  }
}

type Runner = (command: Extract<Invocation, { flags: unknown }>, signal: AbortSignal) => Promise<number>;

const RUNNERS: Readonly<Record<CommandName, Runner>> = {
  stdio: ({ flags }, signal) => runStdio(flags, signal),
  serve: ({ flags }, signal) => runServe(flags, signal),
  sandbox: ({ flags }, signal) => runSandbox(flags, signal),
  call: ({ flags, operands }, signal) => runCall(flags, operands, signal),
  lock: async ({ flags }) => runLock(flags),
  kill: ({ flags }) => runKill(flags),
  resume: ({ flags }) => runResume(flags),
  approve: ({ operands }) => runApprove(operands),
  stats: ({ flags }, signal) => runStats(flags, signal),
  tokens: ({ flags, operands }) => runTokens(flags, operands),
  doctor: ({ flags }, signal) => runDoctor(flags, signal),
  audit: ({ flags, operands }, signal) => runAudit(flags, operands, signal),
};

/** Says what changed and what a person can do about it. */
function refuse({ message, file, changes }: LockRefusal): number {
  printError(`workos-mcp: refused: ${message}`);
  for (const change of changes) printError(`  ${change}`);
  printError(
    file === undefined
      ? 'Install it again from where you trust it; after a change of the source run "npm run lock".'
      : `To accept what this build offers: workos-mcp lock --file ${JSON.stringify(file)}`,
  );
  return 3;
}
