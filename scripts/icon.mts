// `npm run icon`: draws media/icon.png, the product's mark for stores and clients, from media/icon.svg.
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { ensureVsCode } from './vscode/install.mts';

const MEDIA = new URL('../media/', import.meta.url);
const SIZE = 128;

const install = await ensureVsCode();
const browser = await chromium.launch({
  executablePath: install.chromium.path,
  env: { ...process.env, ...install.chromium.env },
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  const svg = readFileSync(new URL('icon.svg', MEDIA), 'utf8');
  await page.setContent(`<style>body { margin: 0 }</style>${svg}`);
  writeFileSync(new URL('icon.png', MEDIA), await page.screenshot({ omitBackground: true }));
} finally {
  await browser.close();
}
