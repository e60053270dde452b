// One VS Code server on 127.0.0.1 with folders of its own: nothing of the person's VS Code is read or written.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VsCodeInstall } from './install.mts';
import { run } from './run.mts';

/** How to start a server. */
export interface ServerOptions {
  /** Files to install: extensions as .vsix. */
  readonly vsix?: readonly string[];
  /** User settings, added to quiet defaults. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Reaches `process.env` of the extension host. Nothing else of this process's environment does. */
  readonly env?: Readonly<Record<string, string>>;
  /** More flags for code-server. */
  readonly args?: readonly string[];
  /** Asked for at the first visit. Default: none is asked for. */
  readonly password?: string;
  /** false: windows start in Restricted Mode. Default true. */
  readonly trusted?: boolean;
  /** Files of the workspace folder: relative path to content. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A running server. */
export interface VsCodeServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  readonly port: number;
  /** The folder with everything of this server: user data, extensions, workspace, logs. */
  readonly root: string;
  readonly workspace: string;
  /** Resolves when the server is gone, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the server and what it started. */
  stop(): Promise<void>;
}

const START_MS = 30_000;
const STOP_MS = 8_000;
const INSTALL_MS = 60_000;
/** Where it listens, in the server's own words: the operating system chose the port for it. */
const LISTENING = /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/u;
/** Ends the server if this process is killed and cannot do it. */
const GUARD = join(import.meta.dirname, 'guarded.cjs');

const DEFAULTS = {
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'window.dialogStyle': 'custom',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** The parts of a server's folder. The path is short: it limits the length of Unix socket names. */
export function createRoot({ settings = {}, files = {} }: ServerOptions = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'vsc-'));
  for (const dir of ['user/User', 'ext', 'home', 'ws', 'chrome', 'tmp', 'ctl']) {
    mkdirSync(join(root, dir), { recursive: true });
  }
  // Without one it writes to the person's ~/.config.
  writeFileSync(join(root, 'config.yaml'), '');
  writeFileSync(join(root, 'user/User/settings.json'), JSON.stringify({ ...DEFAULTS, ...settings }));
  for (const [path, content] of Object.entries({ 'readme.txt': 'A workspace.\n', ...files })) {
    mkdirSync(dirname(join(root, 'ws', path)), { recursive: true });
    writeFileSync(join(root, 'ws', path), content);
  }
  return root;
}

/** Installs the extensions and starts the server in `root`. */
export async function startServer(
  install: VsCodeInstall,
  root: string,
  { vsix = [], env = {}, args = [], trusted = true, password }: ServerOptions = {},
): Promise<VsCodeServer> {
  const environment = {
    PATH: [dirname(install.node), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: join(root, 'home'),
    TMPDIR: join(root, 'tmp'),
    LANG: 'C.UTF-8',
    SHELL: '/bin/bash',
    WORKOS_MCP_HOME: join(root, 'state'),
    // No marketplace: nothing is looked up on the network.
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '' }),
    ...(password !== undefined && { PASSWORD: password }),
    ...env,
  };
  const flag = (name: string, path: string) => [name, join(root, path)];
  const own = [
    install.entry,
    ...flag('--config', 'config.yaml'),
    ...flag('--user-data-dir', 'user'),
    ...flag('--extensions-dir', 'ext'),
  ];
  if (vsix.length > 0) {
    const wanted = vsix.flatMap((file) => ['--install-extension', file]);
    await run(install.node, [...own, ...wanted], { env: environment, timeout: INSTALL_MS });
  }
  const trust = trusted ? ['--disable-workspace-trust'] : [];
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  const listen = [
    '--auth',
    password === undefined ? 'none' : 'password',
    '--bind-addr',
    '127.0.0.1:0',
    '--disable-proxy',
  ];
  const logFile = join(root, 'server.log');
  const log = openSync(logFile, 'w');
  const guarded = [GUARD, `${process.pid}`, ...own, ...listen, ...quiet, ...trust, ...args];
  const child = spawn(install.node, guarded, {
    env: environment,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const stop = stopper(child, ended);
  const port = await portOf(logFile, ended).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { origin: `http://127.0.0.1:${port}`, port, root, workspace: join(root, 'ws'), ended, stop };
}

/** Ends the process group of `child`, and at the latest together with this process. */
function stopper(child: ChildProcess, ended: Promise<void>): () => Promise<void> {
  const kill = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // It has ended already.
    }
  };
  const killNow = () => kill('SIGKILL');
  process.once('exit', killNow);
  const afterwards = () => {
    // What outlived the server itself, such as an extension host that hangs.
    killNow();
    process.off('exit', killNow);
  };
  void ended.then(afterwards);
  return async () => {
    kill('SIGTERM');
    await Promise.race([ended, sleep(STOP_MS, undefined, { ref: false })]);
    killNow();
  };
}

/** The port, once the server answers on it. */
async function portOf(logFile: string, ended: Promise<void>): Promise<number> {
  const deadline = Date.now() + START_MS;
  let over = false;
  void ended.then(() => (over = true));
  for (;;) {
    const log = readFileSync(logFile, 'utf8');
    const [, port] = LISTENING.exec(log) ?? [];
    if (port !== undefined) return Number(port);
    if (over || Date.now() > deadline) throw new Error(`The VS Code server did not start:\n${log}`);
    await sleep(50);
  }
}
