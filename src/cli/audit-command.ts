import { existsSync } from 'node:fs';
import { openStateDir } from '../access/state-dir.ts';
import { codeOf } from '../access/state-error.ts';
import { auditDirectory } from '../audit/directories.ts';
import { readEntries } from '../audit/export/entries.ts';
import { EXPORT_FORMATS } from '../audit/export/formats.ts';
import { sinceTime } from '../audit/export/since.ts';
import { describeRecord, follow } from '../audit/tail.ts';
import { requireChain } from '../audit/verify/files.ts';
import { runVerify } from '../audit/verify/run.ts';
import { streamLogger } from '../shared/logger.ts';
import { allWritten, writeOutput } from '../shared/output.ts';
import { sleep } from '../shared/wait.ts';
import { openCliTrail } from './audit-trail.ts';
import { exportEvidence } from './evidence-command.ts';
import { type Flags, UsageError } from './parse.ts';
import { print, printError } from './process.ts';
import { type FlagRule, requireFlags } from './require-flags.ts';

const FOLLOW_MS = 250;
const AT_FIRST = 10;
/** As `audit verify` has it for what it can't tell. */
const UNVERIFIABLE = 2;

const ACTIONS: readonly string[] = ['verify', 'export', 'tail', 'evidence'];
const RULES: readonly FlagRule[] = [
  { flags: ['json'], actions: ['verify', 'tail'] },
  { flags: ['key', 'checkpoint', 'fast'], actions: ['verify'] },
  { flags: ['format'], actions: ['export'] },
  { flags: ['since'], actions: ['export', 'evidence'] },
];

/** `workos-mcp audit verify|export|tail [PATH]`, `audit evidence FILE.zip`: looks at the audit trail, by default that of the state directory. Needs no account. */
export async function runAudit(
  flags: Flags,
  [action, operand]: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  if (action !== undefined && ACTIONS.includes(action)) requireFlags('audit', action, flags, RULES);
  const path = operand ?? auditDirectory(openStateDir());
  switch (action) {
    case 'verify':
      return verify(flags, path);
    case 'export':
      return exportRecords(flags, path);
    case 'tail':
      return tail(flags, path, signal);
    case 'evidence':
      return exportEvidence(operand, sinceOf(flags), signal);
    default:
      throw new UsageError(`audit takes one of ${ACTIONS.join(', ')}.`, 'audit');
  }
}

/** A verdict that nobody could read is none. */
async function verify(flags: Flags, path: string): Promise<number> {
  const status = runVerify(path, flags, print);
  return (await allWritten()) ? status : UNVERIFIABLE;
}

/** The begin of the period that was asked for, ISO. */
function sinceOf({ since }: Flags): string | undefined {
  const from = since === undefined ? undefined : sinceTime(since, new Date());
  if (since !== undefined && from === undefined)
    throw new UsageError('--since takes a date like 2026-01-31, or a time ago like 12h or 7d.', 'audit');
  return from;
}

async function exportRecords(flags: Flags, path: string): Promise<number> {
  const { format = 'jsonl' } = flags;
  const write = Object.hasOwn(EXPORT_FORMATS, format) ? EXPORT_FORMATS[format] : undefined;
  if (write === undefined)
    throw new UsageError(`--format takes one of ${Object.keys(EXPORT_FORMATS).join(', ')}.`, 'audit');
  const from = sinceOf(flags);
  if (!existsSync(path)) throw new Error(`There is nothing at ${path}.`);
  const { entries, unreadable } = reading(path, () => readEntries(path, from));
  const logger = streamLogger(process.stderr);
  if (unreadable > 0) logger.warn(`${unreadable} lines are no records: "workos-mcp audit verify" says more.`);
  const { trail } = await openCliTrail({ command: 'audit export', policy: {}, logger, ask: true });
  await trail.exported({ format, since: from ?? null, records: entries.length });
  await trail.close();
  writeOutput(write(entries));
  return 0;
}

async function tail({ json }: Flags, path: string, signal: AbortSignal): Promise<number> {
  if (!existsSync(path)) {
    printError(`There is nothing at ${path}.`);
    return UNVERIFIABLE;
  }
  const read = reading(path, () => follow(path));
  let records = reading(path, read).slice(-AT_FIRST);
  requireChain(path, records.length);
  while (!signal.aborted) {
    for (const { line, record } of records) print(json ? line : describeRecord(record));
    await sleep(FOLLOW_MS, signal).catch(() => undefined);
    records = reading(path, read);
  }
  printError('');
  return 0;
}

/** What the system has against it is told in our own words. */
function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof Error && 'syscall' in thrown)) throw thrown;
    throw new Error(`${path} can't be read (${codeOf(thrown)}).`, { cause: thrown });
  }
}
