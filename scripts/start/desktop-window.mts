// A desktop VS Code with the extension of this folder and a profile of its own.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { takeProfile } from './profile.mts';
import { NEXT, SETTINGS, WORKSPACE } from './sample-workspace.mts';
import { followCalls } from './window-log.mts';

const ROOT = resolve(import.meta.dirname, '../..');
const HOME = join(ROOT, '.vscode-test/start');

/** Opens it; it ends with this process. `sample` are the variables that name the sample account. */
export function openDesktopWindow(
  command: string,
  sample: Readonly<Record<string, string>>,
  print: (line: string) => void,
): void {
  const { path: profile, release } = takeProfile(HOME);
  const workspace = join(profile, 'sample-workspace');
  writeFiles(workspace, WORKSPACE);
  if (!existsSync(join(profile, 'User/settings.json'))) {
    writeFiles(profile, { 'User/settings.json': `${JSON.stringify(SETTINGS, null, 2)}\n` });
  }
  followCalls(join(profile, 'logs'), print);
  const child = spawn(command, argumentsFor(profile, workspace), {
    env: { ...ownVariables(), ...sample },
    stdio: 'ignore',
  });
  process.once('exit', () => {
    child.kill();
    // The command only hands over to the main process, which would stay.
    release();
  });
  child.once('spawn', () => print(`VS Code: opened ${command}. ${NEXT}`));
  child.once('error', (error) => print(`There is no VS Code window: ${error.message}. The server runs on.`));
  child.once('exit', (code) => {
    const how = code === 0 ? 'was closed' : `ended with exit status ${code}`;
    print(`VS Code: the window ${how}; the server runs until Ctrl+C.`);
  });
}

function argumentsFor(profile: string, workspace: string): string[] {
  return [
    `--extensionDevelopmentPath=${ROOT}`,
    `--user-data-dir=${profile}`,
    `--extensions-dir=${join(HOME, 'extensions')}`,
    '--disable-workspace-trust',
    '--skip-welcome',
    '--skip-release-notes',
    '--new-window',
    '--wait',
    // Chromium refuses to start as root with its sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    workspace,
  ];
}

/** This process's variables without those of a VS Code it was started in, and without a key. */
function ownVariables(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^(?:VSCODE_|ELECTRON_|WORKOS_(?!MCP_HOME$)|NODE_OPTIONS$)/u.test(name),
  );
  return Object.fromEntries(entries);
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
