import { randomUUID } from 'node:crypto';
import { linkSync, rmSync, writeFileSync } from 'node:fs';
import { codeOf } from './state-error.ts';

/** Makes a file that is not there yet, and is whole when it is; where that can't be, at least makes it. Throws EEXIST when it is there. */
export function placeFile(file: string, text: string): void {
  const draft = `${file}.${randomUUID()}.tmp`;
  const options = { flag: 'wx', mode: 0o600, flush: true };
  try {
    writeFileSync(draft, text, options);
    linkSync(draft, file);
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') throw thrown;
    writeFileSync(file, text, options);
  } finally {
    rmSync(draft, { force: true });
  }
}
