import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** True when a person can be asked for a secret: stdin is theirs, and they see stderr. */
export function canAskSecret(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks at the terminal without showing what is typed; Ctrl+C and the end of input are the empty text. */
export function askSecret(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  return new Promise<string>((resolve) => {
    line.on('close', () => resolve(''));
    line.on('line', resolve);
  }).finally(() => {
    line.close();
    process.stderr.write('\n');
  });
}
