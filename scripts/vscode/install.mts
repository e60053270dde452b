// A real VS Code with a headless Chromium under .vscode-test, from npm alone: no root, no compiler, no install scripts.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './run.mts';

/** Where everything is and how to start it. */
export interface VsCodeInstall {
  /** The folder that holds all of it. */
  readonly dir: string;
  /** The Node that runs the server: version 24, the one VS Code is built for. */
  readonly node: string;
  /** The server's entry file. */
  readonly entry: string;
  readonly chromium: { readonly path: string; readonly env: Readonly<Record<string, string>> };
  /** Resolves packages from here, playwright-core among them. */
  readonly require: NodeJS.Require;
}

const ROOT = resolve(import.meta.dirname, '../..');
const HOME = join(ROOT, '.vscode-test');
const NODE_MAJOR = 24;
const STEP_TIMEOUT_MS = 300_000;
const STAMP = 'stamp.json';
const LOCKED = ['npm/package.json', 'npm/package-lock.json'] as const;
/** Native modules whose build needs a compiler, and what takes their place. */
const SHIMS = { spdlog: 'shims/spdlog.cjs', 'native-watchdog': 'shims/native-watchdog.cjs' } as const;

/** Installs it the first time; later calls return at once. Throws an Error that says what is missing. */
export async function ensureVsCode(log = toStderr, needs = { chromium: true }): Promise<VsCodeInstall> {
  checkNode();
  const stamp = versions();
  const id = createHash('sha256').update(JSON.stringify(stamp)).digest('hex').slice(0, 8);
  const dir = join(HOME, `vscode-${id}`);
  if (!existsSync(join(dir, STAMP))) await install(dir, stamp, log);
  const own = join(dir, 'chrome');
  const path = process.env['CHROMIUM_PATH'] ?? join(own, 'chromium');
  const env: Record<string, string> =
    process.env['CHROMIUM_PATH'] === undefined
      ? { LD_LIBRARY_PATH: join(own, 'al2023/lib'), FONTCONFIG_PATH: join(own, 'fonts') }
      : {};
  if (needs.chromium && !existsSync(path)) throw new Error('There is no Chromium: set CHROMIUM_PATH to one.');
  return {
    dir,
    node: process.execPath,
    entry: join(dir, 'node_modules/code-server/out/node/entry.js'),
    chromium: { path, env },
    require: createRequire(join(dir, 'package.json')),
  };
}

function checkNode(): void {
  if (Number(process.versions.node.split('.')[0]) === NODE_MAJOR) return;
  throw new Error(
    `VS Code needs Node ${NODE_MAJOR}, this is ${process.version}: start it by "npm run", which brings it.`,
  );
}

/** What decides whether an installation is still the right one. */
function versions(): Record<string, unknown> {
  const files = [...LOCKED, ...Object.values(SHIMS)].map((name) => {
    const hash = createHash('sha256')
      .update(readFileSync(join(import.meta.dirname, name)))
      .digest('hex');
    return [name, hash] as const;
  });
  const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, LOCKED[0]), 'utf8'));
  return { dependencies, files: Object.fromEntries(files), platform: `${process.platform}-${process.arch}` };
}

/** Builds it beside its place and moves it there when it is whole: a half one is never used. */
async function install(dir: string, stamp: object, log: (line: string) => void): Promise<void> {
  await removeLeftovers();
  const work = join(HOME, `installing-${process.pid}`);
  await mkdir(work, { recursive: true });
  try {
    await installPackages(work, log);
    if (onLinuxX64()) {
      log('VS Code: 4/5 Chromium (unpacking)');
      await unpackChromium(work, join(dir, 'chrome'));
    }
    log('VS Code: 5/5 trying them');
    await tryOut(work);
    await writeFile(join(work, STAMP), `${JSON.stringify(stamp, null, 2)}\n`);
    await rename(work, dir).catch((cause: unknown) => {
      // Another process may have been faster; then its installation is as good.
      if (!existsSync(join(dir, STAMP))) throw cause;
    });
    log(`VS Code: ready in ${dir}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function installPackages(work: string, log: (line: string) => void): Promise<void> {
  for (const name of LOCKED) await copyFile(join(import.meta.dirname, name), join(work, name.slice(4)));
  const server = join(work, 'node_modules/code-server/lib/vscode');
  log('VS Code: 1/5 server, Chromium and driver (npm ci)');
  await npmCi(work);
  log('VS Code: 2/5 packages of the server (npm ci)');
  await npmCi(server);
  log('VS Code: 3/5 packages of its extensions (npm ci)');
  await npmCi(join(server, 'extensions'));
  for (const [name, shim] of Object.entries(SHIMS)) {
    const target = join(server, 'node_modules/@vscode', name, 'index.js');
    // npm may have linked the file from elsewhere: it is replaced, never written through.
    await rm(target, { force: true });
    await copyFile(join(import.meta.dirname, shim), target);
  }
}

/** `npm ci` checks each package against the integrity in the lockfile beside package.json. */
async function npmCi(cwd: string): Promise<void> {
  const script = process.env['npm_execpath'] ?? '';
  const [command, first] = script.endsWith('npm-cli.js') ? [process.execPath, [script]] : ['npm', []];
  const flags = ['--ignore-scripts', '--no-engine-strict', '--omit=dev', '--legacy-peer-deps'];
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const env = { ...process.env, PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) };
  const options = { cwd, env, timeout: STEP_TIMEOUT_MS, maxBuffer: 1 << 26 };
  await run(command, [...first, 'ci', ...flags, ...quiet], options).catch((cause: unknown) => {
    throw new Error(`"npm ci" failed in ${cwd}: ${firstLines(cause)}`, { cause });
  });
}

/** Unpacks the browser, its fonts and its libraries; `final` is where the folder will be moved to. */
async function unpackChromium(work: string, final: string): Promise<void> {
  const target = join(work, 'chrome');
  await mkdir(target);
  const from = pathToFileURL(join(work, 'node_modules/@sparticuz/chromium/build/index.js')).href;
  const libraries = join(work, 'node_modules/@sparticuz/chromium/bin/al2023.tar.br');
  // In a process of its own: the package takes its target from TMPDIR and sets variables of its process.
  const code = `const { default: chromium, inflate } = await import(${JSON.stringify(from)});
    await chromium.executablePath(); await inflate(${JSON.stringify(libraries)});`;
  const env = { ...process.env, TMPDIR: target };
  const options = { env, timeout: STEP_TIMEOUT_MS };
  await run(process.execPath, ['--input-type=module', '-e', code], options).catch((cause: unknown) => {
    throw new Error(`Chromium could not be unpacked: ${firstLines(cause)}`, { cause });
  });
  const fonts = `<dir>${final}/fonts</dir><cachedir>${final}/fonts-cache</cachedir>`;
  const head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">';
  await writeFile(join(target, 'fonts/fonts.conf'), `${head}<fontconfig>${fonts}</fontconfig>\n`);
}

async function tryOut(work: string): Promise<void> {
  const server = join(work, 'node_modules/code-server/out/node/entry.js');
  const env = { ...process.env, HOME: work, XDG_CONFIG_HOME: work };
  const chromium = { ...process.env, LD_LIBRARY_PATH: join(work, 'chrome/al2023/lib') };
  const tries = [run(process.execPath, [server, '--version'], { env, timeout: STEP_TIMEOUT_MS })];
  if (onLinuxX64()) {
    tries.push(
      run(join(work, 'chrome/chromium'), ['--version'], { env: chromium, timeout: STEP_TIMEOUT_MS }),
    );
  }
  await Promise.all(tries).catch((cause: unknown) => {
    throw new Error(`It is installed but does not start on this machine: ${firstLines(cause)}`, { cause });
  });
}

/** Removes what an interrupted installation left behind. */
async function removeLeftovers(): Promise<void> {
  const names = existsSync(HOME) ? readdirSync(HOME) : [];
  const stale = names.filter((name) => /^installing-\d+$/u.test(name) && !isAlive(Number(name.slice(11))));
  for (const name of stale) await rm(join(HOME, name), { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function onLinuxX64(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

function firstLines(error: unknown): string {
  const { stderr = '', message } = error as { stderr?: string; message: string };
  return (stderr.trim() || message).split('\n').slice(0, 8).join('\n');
}

function toStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}

if (import.meta.main) {
  await ensureVsCode().catch((error: unknown) => {
    toStderr(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}
