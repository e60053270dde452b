import { join } from 'node:path';

/** A file in which an MCP client keeps its servers. */
export interface ClientFile {
  readonly client: string;
  readonly path: string;
  /** The object the servers are in. */
  readonly key: 'mcpServers' | 'servers';
  /** Whether the client takes comments and commas at ends. */
  readonly lenient: boolean;
  /** How a key gets into its configuration without being written there. */
  readonly instead: string;
}

/** Where this machine keeps a person's files. */
export interface Places {
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The project that is worked on. */
  readonly project: string;
}

const INSTEAD = {
  desktop:
    'Install the .mcpb in Claude Desktop: it asks for the key and keeps it in the keychain of the system.',
  vscode: 'Use the extension, which keeps it in secret storage, or "${input:…}" with "password": true.',
  claude: 'Write "${WORKOS_API_KEY}" and set the variable where Claude Code is started.',
  env: 'Write "${env:WORKOS_API_KEY}" and set the variable where the client is started.',
  gemini: 'Write "$WORKOS_API_KEY" and set the variable where Gemini CLI is started.',
} as const;

/** The configuration files of the clients we know, of the person and of the project. */
export function clientFiles({ home, platform, env, project }: Places): readonly ClientFile[] {
  const apps = applications({ home, platform, env });
  const own = (client: string, instead: string, path: string, lenient = false): ClientFile => ({
    client,
    path,
    key: 'mcpServers',
    lenient,
    instead,
  });
  const code = (path: string): ClientFile => ({
    ...own('VS Code', INSTEAD.vscode, path, true),
    key: 'servers',
  });
  return [
    own('Claude Desktop', INSTEAD.desktop, join(apps, 'Claude', 'claude_desktop_config.json')),
    own('Claude Code', INSTEAD.claude, join(env['CLAUDE_CONFIG_DIR'] || home, '.claude.json')),
    own('Claude Code', INSTEAD.claude, join(project, '.mcp.json')),
    own('Cursor', INSTEAD.env, join(home, '.cursor', 'mcp.json'), true),
    own('Cursor', INSTEAD.env, join(project, '.cursor', 'mcp.json'), true),
    own('Windsurf', INSTEAD.env, join(home, '.codeium', 'windsurf', 'mcp_config.json')),
    code(join(apps, 'Code', 'User', 'mcp.json')),
    code(join(apps, 'Code - Insiders', 'User', 'mcp.json')),
    code(join(project, '.vscode', 'mcp.json')),
    own('Gemini CLI', INSTEAD.gemini, join(home, '.gemini', 'settings.json'), true),
    own('Gemini CLI', INSTEAD.gemini, join(project, '.gemini', 'settings.json'), true),
  ];
}

/** Where desktop programs keep their settings. */
function applications({ home, platform, env }: Omit<Places, 'project'>): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support');
    case 'win32':
      return env['APPDATA'] || join(home, 'AppData', 'Roaming');
    default:
      return env['XDG_CONFIG_HOME'] || join(home, '.config');
  }
}
