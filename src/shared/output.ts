import { fstatSync, writeFileSync } from 'node:fs';

const STDOUT = 1;
/** What the system says when the reader of a pipe or socket has gone; EOF is Windows' word for it. */
const GONE: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET', 'EOF']);
let lost = false;

/** A reader that goes away (`| head`) is no reason to crash. Any other loss of what is printed is told at once, and remembered. */
export function watchOutput(): void {
  process.stdout.on('error', lose);
  // There is no other place to say that standard error is lost.
  process.stderr.on('error', () => undefined);
}

/** Writes to standard output. A disk may take the first part of a text only, which Node's stream to a file calls done. */
export function writeOutput(text: string): void {
  try {
    if (fstatSync(STDOUT).isFile()) writeFileSync(STDOUT, text);
    else process.stdout.write(text);
  } catch (thrown) {
    lose(thrown);
  }
}

/** Waits until everything written has left this process, or can't any more: a pipe would lose what `process.exit` finds pending. False if some of it was lost. */
export async function allWritten(): Promise<boolean> {
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  // Streams tell of an error a turn later.
  await new Promise((resolve) => setImmediate(resolve));
  return !lost;
}

function lose(thrown: unknown): void {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
  if (lost || GONE.has(code)) return;
  lost = true;
  process.stderr.write(
    `workos-mcp: standard output can't be written (${code}): what it was to show is lost.\n`,
  );
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) resolve();
    else stream.write('', () => resolve());
  });
}
