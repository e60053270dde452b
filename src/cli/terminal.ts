import { createInterface } from 'node:readline';

/** True when a person can be asked: both what is read and what is shown is a terminal. */
export function isTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** Asks at the terminal; whatever is not a plain yes is a no, as are Ctrl+C and the end of input. */
export function askYes(question: string): Promise<boolean> {
  const line = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise<boolean>((resolve) => {
    line.on('close', () => resolve(false));
    line.question(`${question} [y/N] `, (answer) => resolve(/^y(es)?$/iu.test(answer.trim())));
  }).finally(() => line.close());
}
