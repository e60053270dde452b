import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

/** A path where nothing is yet, as for a state directory that one test alone uses; it goes with the test file. */
export function freshPath(): string {
  const parent = mkdtempSync(join(tmpdir(), 'workos-mcp-'));
  made.push(parent);
  return join(parent, 'fresh');
}
