import { cleanLabel } from '../text/clean-text.ts';
import type { L10n } from '../text/l10n.ts';
import type { TrailReport } from './verify-in-thread.ts';

type Chain = TrailReport['chains'][number];

/** What was found, in one message. */
export function reportText(l10n: L10n, { verdict, chains, reason }: TrailReport): string {
  const records = chains.reduce((sum, chain) => sum + chain.records, 0);
  if (verdict === 'intact')
    return chains.length === 1
      ? l10n.t('{0} records in 1 chain are intact.', records)
      : l10n.t('{0} records in {1} chains are intact.', records, chains.length);
  const bad = chains.filter((chain) => chain.verdict === verdict);
  const [first] = bad;
  const more = bad.length > 1 ? ` ${l10n.t('Chains like that: {0}.', bad.length)}` : '';
  if (verdict === 'unverifiable')
    return l10n.t('The audit trail can’t be verified: {0}', cleanLabel(reason ?? first?.reason ?? '')) + more;
  const { problem } = first ?? {};
  if (first === undefined || problem === undefined) return l10n.t('The audit trail was tampered with.');
  const found = l10n.t(
    'The audit trail was tampered with: {0}, record {1}: {2} ({3}).',
    cleanLabel(problem.file ?? first.name),
    problem.seq,
    problemKind(l10n, problem.kind),
    cleanLabel(problem.why),
  );
  return found + more;
}

/** What was found, line by line for the log. */
export function reportLines({ verdict, chains, notes }: TrailReport): string[] {
  return [
    `Audit trail: ${verdict}`,
    ...chains.flatMap(chainLines),
    ...notes.map((note) => `  note: ${cleanLabel(note)}`),
  ];
}

function chainLines({ name, verdict, records, problem, reason, issuer, assurance, notes }: Chain): string[] {
  return [
    `  ${verdict}  ${cleanLabel(name)}  ${records} records`,
    ...(problem === undefined
      ? []
      : [
          `    ${problem.kind} at record ${problem.seq} (${cleanLabel(problem.file ?? '')} line ${problem.line ?? '?'}): ${cleanLabel(problem.why)}`,
        ]),
    ...(reason === undefined ? [] : [`    ${cleanLabel(reason)}`]),
    ...(issuer === undefined
      ? []
      : [`    master key ${cleanLabel(issuer)}, assurance ${cleanLabel(assurance ?? '')}`]),
    ...notes.map((note) => `    note: ${cleanLabel(note)}`),
  ];
}

function problemKind(l10n: L10n, kind: string): string {
  const kinds: Readonly<Record<string, string>> = {
    altered: l10n.t('altered'),
    deleted: l10n.t('deleted'),
    inserted: l10n.t('inserted'),
    duplicated: l10n.t('duplicated'),
    reordered: l10n.t('reordered'),
    forged: l10n.t('forged'),
    truncated: l10n.t('truncated'),
  };
  return Object.hasOwn(kinds, kind) ? (kinds[kind] ?? '') : cleanLabel(kind);
}
