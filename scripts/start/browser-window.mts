// VS Code in the browser with the packed extension, served from this machine to this machine.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stateHome } from '../../src/access/state-home.ts';
import { ensureVsCode } from '../vscode/install.mts';
import { run } from '../vscode/run.mts';
import { createRoot, startServer } from '../vscode/server.mts';
import { hasScreen } from './editor.mts';
import { NEXT, SETTINGS, WORKSPACE } from './sample-workspace.mts';
import { followCalls } from './window-log.mts';

const ROOT = resolve(import.meta.dirname, '../..');
const VSCE = join(ROOT, 'node_modules/@vscode/vsce/vsce');

/** Installs it the first time, starts it and prints where it is; it ends with this process. */
export async function openBrowserWindow(
  reason: string,
  sample: Readonly<Record<string, string>>,
  print: (line: string) => void,
): Promise<void> {
  print(`VS Code: ${reason}, so it opens in the browser.`);
  print('VS Code: the first time, this installs about 1 GB under .vscode-test/ from npm.');
  const install = await ensureVsCode(print, { chromium: false });
  const options = { settings: SETTINGS, files: WORKSPACE };
  const root = createRoot(options);
  const remove = () => rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', remove);
  const vsix = join(root, 'workos-mcp.vsix');
  await pack(vsix);
  followCalls(join(root, 'user/logs'), print, 'Z');
  const password = randomBytes(12).toString('hex');
  // The person's own kill switch holds here, too.
  const env = { ...sample, WORKOS_MCP_HOME: stateHome() };
  const server = await startServer(install, root, { ...options, vsix: [vsix], env, password });
  // Removed once the server has been ended, which startServer sees to.
  process.off('exit', remove);
  process.once('exit', remove);
  const url = `${server.origin}/?${new URLSearchParams({ folder: server.workspace }).toString()}`;
  print(`\n  VS Code   ${url}\n  Password  ${password}\n\n  ${NEXT}\n`);
  void server.ended.then(() =>
    print('VS Code: it has ended, its address no longer answers; the server runs until Ctrl+C.'),
  );
  if (hasScreen(process.env)) show(url);
}

async function pack(vsix: string): Promise<void> {
  const command = [VSCE, 'package', '--no-dependencies', '--out', vsix];
  await run(process.execPath, command, { cwd: ROOT }).catch((cause: unknown) => {
    const { stderr = '' } = cause as { stderr?: string };
    throw new Error(`the extension could not be packed: ${stderr.trim()}`, { cause });
  });
}

function show(url: string): void {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  spawn(opener, [url], { stdio: 'ignore' }).on('error', () => undefined);
}
