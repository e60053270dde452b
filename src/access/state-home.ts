import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { StateError } from './state-error.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** What decides where it is. */
export interface Machine {
  readonly env?: Variables;
  readonly platform?: NodeJS.Platform;
  /** The user's own directory; throws where there is none. */
  readonly home?: () => string;
}

/** Where this user's processes keep what they share: `$WORKOS_MCP_HOME`, else a folder of ours where the system keeps state. */
export function stateHome({
  env = process.env,
  platform = process.platform,
  home = homedir,
}: Machine = {}): string {
  const chosen = env['WORKOS_MCP_HOME'] ?? '';
  if (chosen !== '') return resolve(chosen);
  try {
    return join(systemState(env, platform, home), 'workos-mcp');
  } catch (cause) {
    throw new StateError('This user has no home directory: set WORKOS_MCP_HOME to a directory of its own.', {
      cause,
    });
  }
}

function systemState(env: Variables, platform: NodeJS.Platform, home: () => string): string {
  switch (platform) {
    case 'darwin':
      return join(home(), 'Library', 'Application Support');
    case 'win32':
      return absolute(env['LOCALAPPDATA']) ?? join(home(), 'AppData', 'Local');
    default:
      return absolute(env['XDG_STATE_HOME']) ?? join(home(), '.local', 'state');
  }
}

/** A relative path there is to be ignored, says the XDG specification. */
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
