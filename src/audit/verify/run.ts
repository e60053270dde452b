import { cleanLine } from '../../shared/text.ts';
import { isBundle, verifyBundle } from './bundle.ts';
import { describeReport } from './describe.ts';
import { Unverifiable } from './keys.ts';
import { type VerifyOptions, verifyPath } from './verify.ts';

const FOUND =
  'public keys were taken as they were found beside the records: to trust nothing there, name one kept elsewhere (--key)';
/** Exit statuses, by verdict. */
const STATUS = { intact: 0, tampered: 1, unverifiable: 2 } as const;

export interface RunOptions extends VerifyOptions {
  readonly json: boolean;
}

/** Verifies and prints what was found. Answers the exit status: 0 intact, 1 tampered, 2 unverifiable. */
export function runVerify(
  path: string,
  { json, ...options }: RunOptions,
  print: (line: string) => void,
): number {
  try {
    const found = isBundle(path) ? verifyBundle(path, options) : verifyPath(path, options);
    const report = options.key === undefined ? { ...found, notes: [...found.notes, FOUND] } : found;
    if (json) print(JSON.stringify(report));
    else for (const line of describeReport(report)) print(line);
    return STATUS[report.verdict];
  } catch (thrown) {
    const reason = reasonOf(thrown);
    print(
      json
        ? JSON.stringify({ verdict: 'unverifiable', path, chains: [], notes: [], reason })
        : `unverifiable: ${reason}`,
    );
    return STATUS.unverifiable;
  }
}

function reasonOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return cleanLine(thrown instanceof Unverifiable ? text : `It can't be read: ${text}`);
}
