import { text } from 'node:stream/consumers';
import { isRecord } from '../shared/json.ts';
import { streamLogger } from '../shared/logger.ts';
import { isToolName, type ToolName, tools } from '../tools/registry.ts';
import { terminalJson } from '../untrusted/terminal.ts';
import { openGateway } from './open-gateway.ts';
import { type Flags, UsageError } from './parse.ts';
import { print, printError } from './process.ts';
import { refuseTyped } from './refuse-typed.ts';

/** `workos-mcp call TOOL 'JSON'`: one call by the person at the terminal. */
export async function runCall(
  flags: Flags,
  operands: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const [name = '', given = '{}'] = operands;
  const { tool, input } = await readCall(name, given === '-' ? await text(process.stdin) : given);
  const opened = await openGateway(flags, streamLogger(process.stderr), { command: 'call', only: tool });
  try {
    const caller = { kind: 'person', surface: 'terminal' } as const;
    const outcome = await opened.gateway.invoke(tool, input, caller, {
      signal,
      // A person sees their account as it is, unless they choose a profile.
      redacted: flags.privacy !== undefined,
      progress: ({ message }) => {
        if (process.stderr.isTTY) printError(terminalJson(message));
      },
    });
    const shown = outcome.ok ? outcome.value : outcome.error;
    print(terminalJson(JSON.stringify(shown, null, process.stdout.isTTY ? 2 : 0)));
    opened.stopped.throwIfAborted();
    return outcome.ok ? 0 : 1;
  } finally {
    await opened.close();
  }
}

/** Throws UsageError for what is no call, StoppedRefusal if a decoy is in it: at a call the gateway looks. */
async function readCall(name: string, json: string) {
  try {
    return { tool: toolFrom(name), input: inputFrom(json) };
  } catch (thrown) {
    await refuseTyped(
      `${name}\n${json}`,
      `arguments of ${isToolName(name) ? name : 'a tool that is unknown'}`,
    );
    throw thrown;
  }
}

function toolFrom(name: string): ToolName {
  if (name === '') throw new UsageError('The name of a tool is missing.', 'call');
  if (isToolName(name)) return name;
  throw new UsageError(`Unknown tool ${name}. There are: ${Object.keys(tools).join(', ')}.`, 'call');
}

function inputFrom(json: string): Record<string, unknown> {
  const value = parsed(json);
  if (isRecord(value)) return value;
  throw new UsageError('The arguments must be one JSON object, like \'{"limit":5}\'.', 'call');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
