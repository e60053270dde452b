// One VS Code window: what a person does in it, and a way into its extension host.
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import type * as VsCode from 'vscode';
import type { DriverAddress } from './protocol.mts';
import { THEME_CLASS, type Theme, THEMES } from './themes.mts';
import { until } from './tests.mts';

/** What a function run in the extension host gets. It is sent as text: it sees nothing else of the test. */
export interface HostScope {
  readonly vscode: typeof VsCode;
  /** The driver's own context: its secrets, its state. */
  readonly context: VsCode.ExtensionContext;
  /** Kept between calls, until the window reloads. */
  readonly state: Record<string, unknown>;
  readonly require: NodeJS.Require;
}

const OPEN_MS = 60_000;
const HOST_MS = 120_000;
const MENU_MS = 300;
const MENU_OPENS_MS = 3_000;
export class Workbench {
  readonly page: Page;
  readonly #url: string;
  readonly #artifacts: string;
  readonly #nextDriver: () => Promise<DriverAddress>;
  #driver: DriverAddress | undefined;

  constructor(page: Page, url: string, artifacts: string, nextDriver: () => Promise<DriverAddress>) {
    this.page = page;
    this.#url = url;
    this.#artifacts = artifacts;
    this.#nextDriver = nextDriver;
  }

  /** Opens or reloads the window; resolves when its extension host is reachable. */
  async open(): Promise<void> {
    await this.page.goto(this.#url);
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: OPEN_MS });
    this.#driver = await this.#nextDriver();
  }

  /** Runs a function in the extension host and returns what it returns, as far as JSON holds it. */
  async host<T>(run: (scope: HostScope) => T | PromiseLike<T>): Promise<T>;
  async host<T, A>(run: (scope: HostScope, arg: A) => T | PromiseLike<T>, arg: A): Promise<T>;
  async host<T>(run: (scope: HostScope, arg: never) => T | PromiseLike<T>, arg?: unknown): Promise<T> {
    if (this.#driver === undefined) throw new Error('The window is not open.');
    const { port, token } = this.#driver;
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      body: JSON.stringify({ code: run.toString(), arg }),
      signal: AbortSignal.timeout(HOST_MS),
    });
    const { value, error } = (await response.json()) as { value: T; error?: string };
    if (error !== undefined) throw new Error(`in the extension host: ${error}`);
    return value;
  }

  /** Runs a command by its id, in the extension host. */
  async execute<T = unknown>(command: string, ...args: unknown[]): Promise<T> {
    const all = [command, ...args] as const;
    return this.host(({ vscode }, [id, ...rest]) => vscode.commands.executeCommand<T>(id, ...rest), all);
  }

  /** The open quick pick or input box. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget').filter({ visible: true });
  }

  /** Runs a command as a person does: F1, its title, Enter. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.locator('.quick-input-box input').fill(`>${title}`);
    const row = this.quickInput.getByRole('option').filter({ hasText: title }).first();
    await row.click();
    // The command may open the same widget again: what follows must not write into the palette.
    await row.waitFor({ state: 'hidden' });
  }

  /** Chooses the entry of the open quick pick whose text has `label` in it. */
  async pick(label: string | RegExp): Promise<void> {
    const row = this.quickInput.getByRole('option').filter({ hasText: label }).first();
    await row.click();
    // The next box may take the place of this one: what follows must not write into the one that closes.
    await row.waitFor({ state: 'hidden' });
  }

  /** Writes into the open input box and accepts. */
  async enter(text: string): Promise<void> {
    const input = this.quickInput.locator('.quick-input-box input');
    await input.fill(text);
    await this.page.keyboard.press('Enter');
    // The next box may take the place of this one: what follows must not write into the one that closes.
    const taken = async () =>
      !(await input.isVisible()) ||
      (await input.inputValue({ timeout: 500 }).catch(() => undefined)) !== text;
    await until('the input to be taken', taken);
  }

  /** The toast that has this text. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text });
  }

  /** The modal dialog that is open. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Clicks a button of a toast, a dialog or another part. */
  async press(where: Locator, button: string | RegExp): Promise<void> {
    await where.locator('.monaco-button').filter({ hasText: button }).first().click();
  }

  /** The entry of the status bar that has this text. */
  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text });
  }

  /** The content of the open webview. */
  get webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  }

  /** Closes all toasts: for pictures without them. */
  async clearNotifications(): Promise<void> {
    await this.execute('notifications.clearAll');
    await this.page.locator('.notification-toast').first().waitFor({ state: 'detached' });
  }

  /** Opens a view container by the name of its icon in the activity bar. */
  async openViews(container: string): Promise<void> {
    const icon = this.page.locator('.part.activitybar').getByRole('tab', { name: container });
    if ((await icon.getAttribute('aria-expanded')) !== 'true') await icon.click();
  }

  /** The section of one view in the side bar, by its title. */
  view(title: string): Locator {
    return this.page.locator('.part.sidebar .pane').filter({
      has: this.page.locator('.pane-header').filter({ hasText: title }),
    });
  }

  /** The row of a tree whose name, as a screen reader says it, has `name` in it. */
  row(view: string, name: string | RegExp): Locator {
    return this.view(view).getByRole('treeitem', { name });
  }

  /** Expands a row and waits until it is. */
  async expand(row: Locator): Promise<void> {
    if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click();
    await until('the row to expand', async () => (await row.getAttribute('aria-expanded')) === 'true');
  }

  /** Chooses an entry of a row's context menu. */
  async chooseFromMenu(row: Locator, entry: string): Promise<void> {
    const menu = this.page.locator('.context-view .monaco-menu');
    const item = menu.getByRole('menuitem', { name: entry });
    // Whatever takes the focus back at this moment, as a picker that closes, closes the menu too: then once more.
    await until('the menu', async () => {
      await row.click({ button: 'right' });
      await item.waitFor({ timeout: MENU_OPENS_MS }).catch(() => undefined);
      return item.isVisible();
    });
    // A menu ignores clicks in the first moments after it opens.
    await this.page.waitForTimeout(MENU_MS);
    await item.click();
    await menu.waitFor({ state: 'detached' });
  }

  /** Changes the colours of the window. */
  async setTheme(theme: Theme): Promise<void> {
    const change = async ({ vscode }: HostScope, name: string) =>
      vscode.workspace
        .getConfiguration('workbench')
        .update('colorTheme', name, vscode.ConfigurationTarget.Global);
    await this.host(change, THEMES[theme]);
    await this.page.locator(`.monaco-workbench.${THEME_CLASS[theme]}`).waitFor();
  }

  /** Saves a picture of the window and returns its path. */
  async screenshot(name: string): Promise<string> {
    const path = join(this.#artifacts, `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  /** The same picture in every theme; the last one stays. */
  async screenshots(name: string): Promise<string[]> {
    const paths: string[] = [];
    for (const theme of Object.keys(THEMES) as Theme[]) {
      await this.setTheme(theme);
      paths.push(await this.screenshot(`${name}-${theme}`));
    }
    return paths;
  }
}
