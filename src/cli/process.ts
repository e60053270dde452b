import { allWritten, writeOutput } from '../shared/output.ts';

/** A signal that fires on SIGINT or SIGTERM. A second one ends the process at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(name === 'SIGINT' ? 130 : 143);
      stop.abort();
    });
  }
  return stop.signal;
}

/** Resolves when the signal fires. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Ends the process once everything written has left it; output that was lost is no success. */
export async function exit(status: number): Promise<never> {
  process.exit((await allWritten()) || status !== 0 ? status : 1);
}

/** Prints a line for whoever started the command. */
export function print(text: string): void {
  writeOutput(`${text}\n`);
}

/** Prints a line about what goes on, never mixed with the output. */
export function printError(text: string): void {
  process.stderr.write(`${text}\n`);
}
