import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const SOURCES = ['src', 'esbuild.mjs', 'package.json', 'workos-mcp.lock'];

/** The built CLI. */
export const BUNDLE = join(ROOT, 'dist/workos-mcp.js');
/** The oldest Node the bundle runs on. */
export const NODE_22 = join(ROOT, 'test/support/node22/node_modules/.bin/node');

let checked = false;

/** Throws unless the bundle was built after the last change of its sources: an old one would test nothing. */
export function requireBundle(): string {
  if (checked) return BUNDLE;
  const built = statSync(BUNDLE, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built === 0)
    throw new Error('dist/workos-mcp.js is missing: run "npm run build" before the contract tests.');
  const changed = SOURCES.map((name) => join(ROOT, name)).find((path) => newest(path) > built);
  checked = changed === undefined;
  if (checked) return BUNDLE;
  throw new Error(
    `${changed} is newer than dist/workos-mcp.js: run "npm run build" before the contract tests.`,
  );
}

function newest(path: string): number {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}
