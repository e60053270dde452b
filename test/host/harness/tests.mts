// A test runner of one function, for both sides: this process and VS Code's extension host.

/** What became of one test. */
export interface TestResult {
  readonly name: string;
  readonly ms: number;
  /** Its stack if it failed. */
  readonly error?: string;
}

/** Hears of each test. */
export interface Reporter {
  start(name: string): void;
  end(result: TestResult): void | Promise<void>;
}

/** Runs one test at once and reports it; resolves to whether it passed and never rejects. */
export type Test = (
  name: string,
  body: () => void | Promise<void>,
  options?: { readonly timeoutMs?: number },
) => Promise<boolean>;

const TIMEOUT_MS = 30_000;

/** A `test` function that tells `reporter`. */
export function createTest(reporter: Reporter): Test {
  return async (name, body, { timeoutMs = TIMEOUT_MS } = {}) => {
    reporter.start(name);
    const started = performance.now();
    const error = await attempt(body, timeoutMs);
    const ms = Math.round(performance.now() - started);
    await reporter.end(error === undefined ? { name, ms } : { name, ms, error });
    return error === undefined;
  };
}

/** Resolves to the error's stack, or to undefined if there was none within the time. */
async function attempt(body: () => void | Promise<void>, timeoutMs: number): Promise<string | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no result within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([Promise.resolve().then(body), late]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks again and again until `probe` gives something other than undefined, null or false. */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  { timeoutMs = 15_000, everyMs = 100 }: { readonly timeoutMs?: number; readonly everyMs?: number } = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== null && value !== false) {
      return value as NonNullable<Exclude<T, false>>;
    }
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
