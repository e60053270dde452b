import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Unverifiable } from '../audit/verify/keys.ts';
import { type ChainReport, type Report, verifyPath } from '../audit/verify/verify.ts';
import type { Verdict } from './finding.ts';

/** Verifying blocks; a larger trail would take longer than a person waits without a word. */
const MOST_BYTES = 64 * 2 ** 20;
const HOW = 'Run "workos-mcp audit verify" for all of it.';

export interface ChainLimits {
  readonly now: Date;
  readonly retentionMs: number;
  readonly mostBytes?: number;
}

/** Verifies the audit trail the fast way: all hashes, and the signatures that cover the others. */
export function checkChain(
  audit: string,
  { now, retentionMs, mostBytes = MOST_BYTES }: ChainLimits,
): Verdict {
  const files = existsSync(audit) ? readdirSync(audit).filter((name) => name.endsWith('.jsonl')) : [];
  if (files.length === 0) return { status: 'skip', found: 'there are no records yet' };
  const stats = files.map((name) => statSync(join(audit, name)));
  const bytes = stats.reduce((sum, { size }) => sum + size, 0);
  if (bytes > mostBytes)
    return { status: 'skip', found: `${Math.round(bytes / 2 ** 20)} MB, not verified here`, fix: HOW };
  const old = stats.filter(({ mtimeMs }) => now.getTime() - mtimeMs > retentionMs).length;
  return judge(audit, old, retentionMs);
}

function judge(audit: string, old: number, retentionMs: number): Verdict {
  const report = verified(audit);
  if (report instanceof Unverifiable) return { status: 'warn', found: report.message, fix: HOW };
  const { verdict, chains, notes } = report;
  const bad = chains.find((chain) => chain.verdict === verdict);
  if (verdict === 'tampered') return { status: 'fail', found: `tampered: ${problemOf(bad)}`, fix: TAMPERED };
  if (verdict === 'unverifiable')
    return { status: 'warn', found: `can't be verified: ${bad?.name}: ${bad?.reason}`, fix: HOW };
  const torn = chains.flatMap((chain) => chain.notes).filter((note) => note.includes('never finished'));
  const found = [
    `intact, ${chains.length} ${chains.length === 1 ? 'chain' : 'chains'}`,
    `assurance ${[...new Set(chains.map(({ assurance }) => assurance ?? 'unknown'))].join(', ')}`,
    ...torn.map((note) => `${note} (cut off when a server next starts)`),
    ...(old === 0 ? [] : [`${old} files older than ${retentionMs / 86_400_000} days go at the next start`]),
    ...notes,
  ];
  return { status: torn.length + notes.length > 0 ? 'warn' : 'ok', found: found.join('; ') };
}

const TAMPERED =
  'Keep a copy of the directory as it is, then run "workos-mcp audit verify" and compare with checkpoints kept elsewhere.';

function problemOf(chain: ChainReport | undefined): string {
  const { kind, seq, why } = chain?.problem ?? {};
  return `${chain?.name}: ${kind} at record ${seq}: ${why}`;
}

/** A report, or why nothing can be said. */
function verified(audit: string): Report | Unverifiable {
  try {
    return verifyPath(audit, { fast: true });
  } catch (thrown) {
    if (thrown instanceof Unverifiable) return thrown;
    throw thrown;
  }
}
