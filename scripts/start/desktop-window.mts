// A desktop VS Code with the extension of this folder and a profile of its own.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SETTINGS, WORKSPACE } from './sample-workspace.mts';
import { followCalls } from './window-log.mts';

const ROOT = resolve(import.meta.dirname, '../..');
const HOME = join(ROOT, '.vscode-test/start');
/** Where the main process of VS Code leaves its number, in the folder of its profile. */
const LOCK = 'code.lock';

/** Opens it; it ends with this process. `sample` are the variables that name the sample account. */
export function openDesktopWindow(
  command: string,
  sample: Readonly<Record<string, string>>,
  print: (line: string) => void,
): void {
  const profile = freeProfile();
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
    endMainProcess(profile);
  });
  child.once('spawn', () => print(`VS Code: opened ${command}`));
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

/** The usual profile, which keeps sign-ins from one start to the next; another while a VS Code is using that one. */
function freeProfile(): string {
  const usual = join(HOME, 'desktop');
  const profile = isRunning(mainProcess(usual)) ? join(HOME, `desktop-${process.pid}`) : usual;
  rmSync(join(profile, LOCK), { force: true });
  mkdirSync(profile, { recursive: true });
  return profile;
}

function mainProcess(profile: string): number | undefined {
  const file = join(profile, LOCK);
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

/** The command only hands over to the main process, which would stay. */
function endMainProcess(profile: string): void {
  const pid = mainProcess(profile);
  if (pid !== undefined && isRunning(pid)) process.kill(pid, 'SIGTERM');
}

function isRunning(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** This process's variables without those of a VS Code it was started in, and without a key. */
function ownVariables(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^(?:VSCODE_|ELECTRON_|WORKOS_|NODE_OPTIONS$)/u.test(name),
  );
  return Object.fromEntries(entries);
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
