import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll } from 'vitest';

const made: string[] = [];
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

/** A path for a state directory that is not there yet; it goes with the test file. */
export function freshPath(): string {
  const parent = mkdtempSync(join(tmpdir(), 'access-'));
  made.push(parent);
  return join(parent, 'state');
}

/** Runs code in a process of its own, after `const access = …` of a module of src/access; resolves with what it prints. */
export async function inProcess(module: string, code: string): Promise<string> {
  const { child, output } = startProcess(module, code);
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`The process ended with ${status}.`);
  return output;
}

/** Starts such a process. */
export function startProcess(module: string, code: string) {
  const path = resolve(import.meta.dirname, '../../../src/access');
  const script = `const [access, { openStateDir }] = await Promise.all([
    import(${JSON.stringify(join(path, module))}), import(${JSON.stringify(join(path, 'state-dir.ts'))})]);
    ${code}`;
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return { child, output: text(child.stdout) };
}
