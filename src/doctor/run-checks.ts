import { AppError } from '../shared/errors.ts';
import { cleanLine } from '../shared/text.ts';
import { abortable, abortError } from '../shared/wait.ts';
import type { Check, Fault, Finding, Verdict } from './finding.ts';

const CHECK_MS = 5_000;

export interface RunChecksOptions {
  readonly signal: AbortSignal;
  /** Leaves out what goes over the network. */
  readonly offline: boolean;
  /** How long one check may take, in milliseconds. */
  readonly checkMs?: number;
}

/**
 * Runs all checks and answers what they found, in their order. Those of this machine go one after the other and first,
 * since some of them block; those over the network go together. Throws when the signal fires.
 */
export async function runChecks(checks: readonly Check[], options: RunChecksOptions): Promise<Finding[]> {
  const found = new Map<Check, readonly Finding[]>();
  for (const check of checks.filter(({ remote }) => !remote)) found.set(check, await run(check, options));
  const remote = checks.filter((check) => check.remote);
  await Promise.all(remote.map(async (check) => found.set(check, await run(check, options))));
  return checks.flatMap((check) => found.get(check) ?? []);
}

async function run({ name, ...check }: Check, options: RunChecksOptions): Promise<readonly Finding[]> {
  const named = (verdict: Verdict): Finding => ({ name, ...verdict });
  return (await verdictsOf(check, options)).map(named);
}

async function verdictsOf(
  check: Omit<Check, 'name'>,
  { signal, offline, checkMs = CHECK_MS }: RunChecksOptions,
): Promise<readonly Verdict[]> {
  if (offline && check.remote) return [{ status: 'skip', found: 'left out: offline' }];
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), checkMs);
  const either = AbortSignal.any([signal, limit.signal]);
  try {
    const found = await abortable(
      Promise.resolve().then(() => check.run(either)),
      either,
    );
    return 'status' in found ? [found] : found;
  } catch (thrown) {
    if (signal.aborted) throw abortError(signal);
    if (!limit.signal.aborted) return [failureOf(thrown)];
    return [{ status: 'fail', found: `no answer within ${checkMs / 1_000} s`, fix: SLOW }];
  } finally {
    clearTimeout(timer);
  }
}

const SLOW = 'Try again when this machine and its network are less busy.';

const UNKNOWN =
  'Mend what it says and run "workos-mcp doctor" again; if it stays, report it with this line, which has no key in it.';

/** Why something could not be done, as a verdict; with what to do about it where nothing better is known. */
export function failureOf(thrown: unknown, fix = UNKNOWN): Fault {
  const found = cleanLine(thrown instanceof Error ? thrown.message : String(thrown));
  return { status: 'fail', found, fix: (thrown instanceof AppError ? thrown.hint : undefined) ?? fix };
}
