// The command line of the same person: it shares the state directory with the windows.
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { VsCodeServer } from '../../../scripts/vscode/server.mts';

/** The bundle of the command line. */
export const CLI = resolve(import.meta.dirname, '../../../dist/workos-mcp.js');

/** The environment of a command line beside these windows. */
export function cliEnv({ root }: VsCodeServer): Record<string, string> {
  return { WORKOS_MCP_HOME: join(root, 'state') };
}

/** Runs a command to its end, and returns what it printed; throws when it fails. */
export async function runCli(server: VsCodeServer, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args], { env: cliEnv(server) });
  return stdout;
}
