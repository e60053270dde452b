import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

type Variables = Readonly<Record<string, string | undefined>>;

/** Where this user's processes keep what they share: `$WORKOS_MCP_HOME`, else a folder of ours where the system keeps state. */
export function stateHome(
  env: Variables = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = env['WORKOS_MCP_HOME'] ?? '';
  return chosen === '' ? join(systemState(env, platform), 'workos-mcp') : resolve(chosen);
}

function systemState(env: Variables, platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support');
    case 'win32':
      return absolute(env['LOCALAPPDATA']) ?? join(homedir(), 'AppData', 'Local');
    default:
      return absolute(env['XDG_STATE_HOME']) ?? join(homedir(), '.local', 'state');
  }
}

/** A relative path there is to be ignored, says the XDG specification. */
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
