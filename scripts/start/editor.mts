// Which VS Code `npm start` can open on this machine.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

type Variables = Readonly<Record<string, string | undefined>>;

/** A desktop VS Code, VS Code in the browser and why not a desktop one, or neither and why. */
export type Editor =
  | { readonly kind: 'desktop'; readonly command: string }
  | { readonly kind: 'browser' | 'none'; readonly reason: string };

const NAMES = ['code', 'code-insiders', 'codium'] as const;

/** `VSCODE_PATH`, else `code` on PATH or where it is usually installed, else the browser's. */
export function findEditor(env: Variables, platform = process.platform): Editor {
  const named = env['VSCODE_PATH'];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return { kind: 'desktop', command: named };
    return { kind: 'none', reason: `VSCODE_PATH names ${named}, which is no program` };
  }
  if (!hasScreen(env, platform)) return { kind: 'browser', reason: 'this machine has no screen' };
  const command = candidates(env, platform).find(isProgram);
  if (command !== undefined) return { kind: 'desktop', command };
  const reason = 'there is no "code" on PATH; VSCODE_PATH can name one';
  return { kind: platform === 'win32' ? 'none' : 'browser', reason };
}

/** Whether a window can be shown: on Linux only with a display server. */
export function hasScreen(env: Variables, platform = process.platform): boolean {
  if (platform !== 'linux') return true;
  return [env['DISPLAY'], env['WAYLAND_DISPLAY']].some((display) => display !== undefined && display !== '');
}

function candidates(env: Variables, platform: NodeJS.Platform): string[] {
  // The "code" of a remote terminal opens windows on another machine, which does not have this folder.
  const dirs = (env['PATH'] ?? '')
    .split(delimiter)
    .filter((dir) => dir !== '' && !dir.includes('remote-cli'));
  if (platform === 'win32') {
    const installed = [join(env['LOCALAPPDATA'] ?? '/', 'Programs'), env['ProgramFiles'] ?? '/'].map((dir) =>
      join(dir, 'Microsoft VS Code'),
    );
    // PATH holds its bin folder with code.cmd; the program itself takes the same arguments.
    return [...dirs.map((dir) => dirname(dir)), ...installed].map((dir) => join(dir, 'Code.exe'));
  }
  const onPath = NAMES.flatMap((name) => dirs.map((dir) => join(dir, name)));
  const app = 'Applications/Visual Studio Code.app/Contents/Resources/app/bin/code';
  const apps = platform === 'darwin' ? ['/', env['HOME'] ?? '/'].map((root) => join(root, app)) : [];
  return [...onPath, ...apps];
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return existsSync(path);
  } catch {
    return false;
  }
}
