import { cleanLine, countOf } from '../../shared/text.ts';
import type { BundleReport } from './bundle.ts';
import type { ChainReport, Report } from './verify.ts';

/** A report as lines for a terminal. */
export function describeReport({
  verdict,
  chains,
  notes,
  bundle,
}: Report & { bundle?: BundleReport }): string[] {
  return [
    ...(bundle === undefined ? [] : describeBundle(bundle)),
    ...chains.flatMap(describeChain),
    ...notes.map((note) => `note: ${cleanLine(note)}`),
    `${verdict}: ${countOf(chains.length, 'chain')}, ${countOf(total(chains), 'record')}`,
  ];
}

function describeBundle({ files, signed_by, problems, reason }: BundleReport): string[] {
  const signed = signed_by === undefined ? '' : `, signed by ${cleanLine(signed_by)}`;
  return [
    `bundle of ${countOf(files, 'file')}${signed}`,
    ...problems.map(({ file, kind, why }) => `  ${kind}: ${cleanLine(file)} ${why}`),
    ...(reason === undefined ? [] : [`  ${cleanLine(reason)}`]),
  ];
}

function describeChain(chain: ChainReport): string[] {
  const { name, verdict, problem, reason, records, head, issuer, assurance, calls, notes } = chain;
  const lines = [`${verdict}  ${cleanLine(name)}  ${countOf(records, 'record')}`];
  if (problem !== undefined) {
    const { kind, seq, file, line, why } = problem;
    const place = file === undefined ? '' : ` (${cleanLine(file)} line ${line})`;
    lines.push(`  ${kind} at record ${seq}${place}: ${why}`);
  }
  if (reason !== undefined) lines.push(`  ${reason}`);
  if (head !== undefined) {
    lines.push(
      `  ${countOf(calls.intents, 'call')}, ${calls.outcomes} of them with an outcome; last hash ${head.hash}`,
    );
  }
  if (issuer !== undefined) lines.push(`  master key ${issuer}, assurance ${cleanLine(assurance ?? '')}`);
  return [...lines, ...notes.map((note) => `  note: ${cleanLine(note)}`)];
}

function total(chains: readonly ChainReport[]): number {
  return chains.reduce((sum, { records }) => sum + records, 0);
}
