import { VERSION } from '../mcp/version.ts';
import { runCall } from './call-command.ts';
import { type Invocation, parseCommandLine, UsageError } from './parse.ts';
import { print, printError, stopSignal } from './process.ts';
import { runSandbox } from './sandbox-command.ts';
import { runServe } from './serve-command.ts';
import { runStdio } from './stdio-command.ts';
import { type CommandName, commandHelp, overallHelp, usageLine } from './usage.ts';

/** Runs one command line and returns the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await run(parseCommandLine(args));
  } catch (error) {
    printError(`workos-mcp: ${error instanceof Error ? error.message : String(error)}`);
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
      process.stdout.write(
        invocation.command === undefined ? overallHelp() : commandHelp(invocation.command),
      );
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
};
