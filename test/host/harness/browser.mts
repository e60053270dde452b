// Headless Chromium with a profile of its own.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as Playwright from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import type { VsCodeInstall } from '../../../scripts/vscode/install.mts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const ACTION_MS = 15_000;

/** Starts it; the profile and the console's log are in `root`. */
export async function startBrowser(install: VsCodeInstall, root: string): Promise<BrowserContext> {
  const { chromium } = install.require('playwright-core') as typeof Playwright;
  const browser = await chromium.launchPersistentContext(join(root, 'chrome'), {
    executablePath: install.chromium.path,
    env: { ...process.env, ...install.chromium.env },
    headless: true,
    viewport: { width: 1400, height: 900 },
    args: FLAGS,
  });
  browser.setDefaultTimeout(ACTION_MS);
  await browser.grantPermissions(['clipboard-read', 'clipboard-write']);
  browser.on('page', (page) => logConsole(page, root));
  for (const page of browser.pages()) logConsole(page, root);
  return browser;
}

function logConsole(page: Page, root: string): void {
  const write = (line: string) => appendFileSync(join(root, 'console.log'), `${line}\n`);
  page.on('console', (message) => write(`[${message.type()}] ${message.text()}`));
  page.on('pageerror', (error) => write(`[pageerror] ${error.stack ?? error.message}`));
  page.on('crash', () => write('[crash]'));
}
