import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { foundKeys, Unverifiable } from '../audit/verify/keys.ts';
import { type ChainReport, type Report, verifyPath } from '../audit/verify/verify.ts';
import { countOf } from '../shared/text.ts';
import type { Verdict } from './finding.ts';

/** Verifying blocks: of a larger trail only the newest files are looked at. One file has at most 16 MB. */
const MOST_BYTES = 17 * 2 ** 20;
const DAY_MS = 86_400_000;
const HOW = 'Run "workos-mcp audit verify" for all of it.';
const RESTORE = 'Restore keys/*.pub in the state directory from the copy that is kept elsewhere.';
const NONE = { status: 'skip', found: 'there are no records yet' } as const;
const NO_DIRECTORY = 'Move it elsewhere: the directory is made when a call is next recorded.';
const STRANGE = 'Move what does not belong there elsewhere; "workos-mcp audit verify" says what counts.';
const TORN = 'Start a server once, or leave it: what was not finished is cut off then.';
const TAMPERED =
  'Keep a copy of the directory as it is, then run "workos-mcp audit verify" and compare with checkpoints kept elsewhere.';

export interface ChainLimits {
  readonly now: Date;
  readonly retentionMs: number;
  readonly mostBytes?: number;
}

interface AuditFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Verifies the audit trail the fast way: all hashes, and the signatures that cover the others. */
export function checkChain(
  audit: string,
  { now, retentionMs, mostBytes = MOST_BYTES }: ChainLimits,
): Verdict {
  // Not of what a link points to: a link that leads nowhere is there all the same.
  if (lstatSync(audit, { throwIfNoEntry: false }) === undefined) return NONE;
  if (statSync(audit, { throwIfNoEntry: false })?.isDirectory() !== true)
    return { status: 'fail', found: `${audit} is no directory: no call can be recorded`, fix: NO_DIRECTORY };
  const names = readdirSync(audit).filter((name) => name.endsWith('.jsonl'));
  if (names.length === 0) return NONE;
  const files = filesIn(audit, names);
  const newest = newestOf(files, mostBytes);
  const keys = join(audit, '..', 'keys');
  const whole = newest.length === files.length;
  const worst = worstOf(whole ? [verdictOn(audit, keys)] : newest.map(({ path }) => verdictOn(path, keys)));
  const old = files.filter(({ mtimeMs }) => now.getTime() - mtimeMs > retentionMs).length;
  const found = [
    worst.found,
    ...(whole ? [] : [`looked at the newest ${newest.length} of ${files.length} files`]),
    ...(old === 0
      ? []
      : [`${countOf(old, 'file')} older than ${retentionMs / DAY_MS} days to be removed at the next start`]),
  ].join('; ');
  return { ...(!whole && { fix: HOW }), ...worst, found };
}

/** Without what is no file, which the verifier tells of: a pipe would never end. */
function filesIn(audit: string, names: readonly string[]): readonly AuditFile[] {
  return names.flatMap((name) => {
    const path = join(audit, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() === true ? [{ path, size: stat.size, mtimeMs: stat.mtimeMs }] : [];
  });
}

/** The newest that together have no more bytes than that. */
function newestOf(files: readonly AuditFile[], mostBytes: number): readonly AuditFile[] {
  const sorted = files.toSorted((a, b) => b.mtimeMs - a.mtimeMs);
  let bytes = 0;
  const tooMany = sorted.findIndex(({ size }) => (bytes += size) > mostBytes);
  return tooMany === -1 ? sorted : sorted.slice(0, tooMany);
}

function worstOf(verdicts: readonly Verdict[]): Verdict {
  const [first = { status: 'skip', found: 'too large to be looked at here' }] = verdicts;
  const worse = (status: Verdict['status']) => verdicts.find((verdict) => verdict.status === status);
  return worse('fail') ?? worse('warn') ?? first;
}

function verdictOn(path: string, keys: string): Verdict {
  const report = verified(path);
  if (report instanceof Unverifiable) return { status: 'warn', found: report.message, fix: HOW };
  const { verdict, chains, notes } = report;
  const bad = chains.find((chain) => chain.verdict === verdict);
  if (verdict === 'tampered') return { status: 'fail', found: `tampered: ${problemOf(bad)}`, fix: TAMPERED };
  if (verdict === 'unverifiable')
    return {
      status: 'warn',
      found: `can't be verified: ${bad?.name}: ${bad?.reason}`,
      fix: lacksKey(bad, keys) ? RESTORE : HOW,
    };
  const torn = chains.flatMap((chain) => chain.notes).filter((note) => note.includes('never finished'));
  const found = [
    `intact, ${countOf(chains.length, 'chain')}`,
    `assurance ${[...new Set(chains.map(({ assurance }) => assurance ?? 'unknown'))].join(', ')}`,
    ...torn.map((note) => `${note} (cut off when a server next starts)`),
    ...notes,
  ];
  if (torn.length + notes.length === 0) return { status: 'ok', found: found.join('; ') };
  return { status: 'warn', found: found.join('; '), fix: notes.length > 0 ? STRANGE : TORN };
}

/** Whether the public key that would vouch for it is not among those that are kept beside the trail. */
function lacksKey(chain: ChainReport | undefined, keys: string): boolean {
  return chain?.issuer !== undefined && !foundKeys(keys).masters.has(chain.issuer);
}

function problemOf(chain: ChainReport | undefined): string {
  const { kind, seq, why } = chain?.problem ?? {};
  return `${chain?.name}: ${kind} at record ${seq}: ${why}`;
}

/** A report, or why nothing can be said. */
function verified(path: string): Report | Unverifiable {
  try {
    return verifyPath(path, { fast: true });
  } catch (thrown) {
    if (thrown instanceof Unverifiable) return thrown;
    throw thrown;
  }
}
