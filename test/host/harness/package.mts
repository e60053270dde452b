// The extension under test, packaged as people get it.
import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(import.meta.dirname, '../../..');
const PACKAGE_MS = 120_000;

/** Makes the .vsix by `npm run package` and returns its path. */
export async function packageExtension(): Promise<string> {
  const out = join(ROOT, '.vscode-test/product.vsix');
  rmSync(out, { force: true });
  const command = ['run', 'package', '--', '--out', out];
  await promisify(execFile)('npm', command, { cwd: ROOT, timeout: PACKAGE_MS });
  if (!existsSync(out)) throw new Error(`"npm run package -- --out ${out}" made no file.`);
  return out;
}
