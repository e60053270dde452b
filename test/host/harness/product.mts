// Packs the built extension as it stands in dist/, with what package.json contributes.
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packVsix } from './vsix.mts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** The product as a .vsix in `dir`. */
export function packProduct(dir: string): string {
  if (!existsSync(join(ROOT, 'dist/extension.js'))) {
    throw new Error('dist/extension.js is missing: run "npm run build" first.');
  }
  const folder = join(dir, 'product');
  mkdirSync(join(folder, 'dist'), { recursive: true });
  for (const name of ['package.json', 'package.nls.json']) cpSync(join(ROOT, name), join(folder, name));
  for (const name of ['dist/extension.js', 'dist/sample-account.js'])
    cpSync(join(ROOT, name), join(folder, name));
  cpSync(join(ROOT, 'media'), join(folder, 'media'), { recursive: true });
  return packVsix(folder, join(dir, 'product.vsix'));
}
