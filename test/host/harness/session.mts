// A VS Code as a person has it, looked at from outside: real dialogs and toasts, and a way into the extension host.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import {
  createRoot,
  type ServerOptions,
  startServer,
  type VsCodeServer,
} from '../../../scripts/vscode/server.mts';
import { startBrowser } from './browser.mts';
import { packDriver } from './driver.mts';
import { type DriverAddress, ENV } from './protocol.mts';
import { type ScriptedModel, startScriptedModel } from './scripted-model.mts';
import type { SuiteContext } from './suite.mts';
import { until } from './tests.mts';
import { Workbench } from './workbench.mts';

/** A running VS Code with one window or more. */
export interface Session extends AsyncDisposable {
  readonly server: VsCodeServer;
  readonly browser: BrowserContext;
  /** The first window. */
  readonly workbench: Workbench;
  /** The language model offered as "Scripted". */
  readonly model: ScriptedModel;
  /** One more window, with its own extension host. Windows are opened one at a time. */
  openWindow(): Promise<Workbench>;
}

/** How to start a session. */
export interface SessionOptions extends ServerOptions {
  /** Language of the extension's texts, as `de`; VS Code's own stay English, for want of language packs on npm. */
  readonly language?: string;
}

const DRIVER_MS = 60_000;

/** Starts VS Code with the given .vsix files and opens a window. Dispose it: `await using`. */
export async function startSession(context: SuiteContext, options: SessionOptions = {}): Promise<Session> {
  const root = createRoot(options);
  const stack = new AsyncDisposableStack();
  try {
    const model = await startScriptedModel();
    stack.defer(() => model.stop());
    const server = await startServer(context.install, root, {
      ...options,
      vsix: [...(options.vsix ?? []), await packDriver(root)],
      env: { ...options.env, [ENV.control]: join(root, 'ctl'), [ENV.model]: model.url },
    });
    stack.defer(() => server.stop());
    const browser = await startBrowser(context.install, root);
    stack.defer(() => browser.close());
    if (options.language !== undefined) {
      await browser.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(options.language)};`);
    }
    const open = async (page = browser.pages()[0]!) => {
      const query = new URLSearchParams({ folder: server.workspace });
      const workbench = new Workbench(
        page,
        `${server.origin}/?${query.toString()}`,
        context.artifacts,
        nextDriver(root),
      );
      await workbench.open();
      return workbench;
    };
    const windows = [await open()];
    const traces = leaveTraces(context, windows, root);
    stack.use(traces);
    return {
      server,
      browser,
      workbench: windows[0]!,
      model,
      openWindow: async () => {
        const workbench = await open(await browser.newPage());
        windows.push(workbench);
        return workbench;
      },
      [Symbol.asyncDispose]: async () => {
        await stack.disposeAsync();
        if (!traces.left()) rmSync(root, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await stack.disposeAsync();
    throw new Error(`VS Code did not come up; logs: ${root}`, { cause: error });
  }
}

/** Waits for the driver of an extension host that was not there before. */
function nextDriver(root: string): () => Promise<DriverAddress> {
  const folder = join(root, 'ctl');
  return async () => {
    const find = () =>
      readdirSync(folder).find((name) => name.endsWith('.json') && isWhole(join(folder, name)));
    const name = await until('the driver extension', find, { timeoutMs: DRIVER_MS });
    const address = JSON.parse(readFileSync(join(folder, name), 'utf8')) as DriverAddress;
    // Taken: the next one found belongs to the next window.
    rmSync(join(folder, name));
    return address;
  };
}

function isWhole(file: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8').endsWith('}');
}

/** After a failed test: pictures of all windows, and the folder with the logs is kept. */
function leaveTraces(
  context: SuiteContext,
  windows: readonly Workbench[],
  root: string,
): Disposable & { left(): boolean } {
  let left = false;
  const registration = context.onFailure(async (test) => {
    if (!left) process.stdout.write(`       logs: ${root}\n`);
    left = true;
    const name = test.replaceAll(/[^a-z0-9]+/giu, '-').slice(0, 60);
    for (const [index, { page }] of windows.entries()) {
      const path = join(context.artifacts, `failed-${name}${index === 0 ? '' : `-${index}`}.png`);
      await page.screenshot({ path, timeout: 5_000 }).catch(() => undefined);
    }
  });
  return { left: () => left, [Symbol.dispose]: () => registration[Symbol.dispose]() };
}
