// Builds the driver extension.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mts';
import { packVsix } from './vsix.mts';

const SOURCE = join(import.meta.dirname, 'driver');

/** Bundles an extension of `source` (package.json, extension.ts) into the folder `target`. */
export async function buildExtension(source: string, target: string): Promise<string> {
  mkdirSync(target, { recursive: true });
  copyFileSync(join(source, 'package.json'), join(target, 'package.json'));
  await bundle(join(source, 'extension.ts'), join(target, 'extension.js'));
  return target;
}

/** The driver as a folder. */
export async function buildDriver(target: string): Promise<string> {
  return buildExtension(SOURCE, target);
}

/** The driver as a .vsix in `dir`. */
export async function packDriver(dir: string): Promise<string> {
  return packVsix(await buildDriver(join(dir, 'driver')), join(dir, 'driver.vsix'));
}
