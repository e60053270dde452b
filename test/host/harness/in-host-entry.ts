// The inside of an in-host suite: runs it and writes what happens, a JSON line each.
import { appendFileSync } from 'node:fs';
import { ENV } from './protocol.mts';
import { createTest, type Test, type TestResult } from './tests.mts';

/** A file given to `runInHost` exports one as `suite`. */
export type InHostSuite = (context: {
  readonly test: Test;
  /** What `runInHost` was given as `argument`. */
  readonly argument: unknown;
}) => Promise<void>;

/** A line of the progress file. */
export type Progress =
  | { readonly start: string }
  | { readonly end: TestResult }
  | { readonly done: true }
  | { readonly crashed: string };

/** What VS Code calls: resolves when all tests ran, whether they passed or not. */
export async function runSuite(suite: InHostSuite): Promise<void> {
  // The suite is bundled with its source map: stacks name the lines that were written.
  process.setSourceMapsEnabled(true);
  const file = process.env[ENV.results];
  if (file === undefined) throw new Error(`${ENV.results} is not set`);
  const write = (line: Progress) => appendFileSync(file, `${JSON.stringify(line)}\n`);
  const test = createTest({
    start: (name) => write({ start: name }),
    end: (result) => write({ end: result }),
  });
  try {
    await suite({ test, argument: JSON.parse(process.env[ENV.argument] ?? 'null') });
    write({ done: true });
  } catch (error) {
    write({ crashed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
