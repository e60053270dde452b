import { cleanLine } from '../shared/text.ts';
import type { Finding, FindingStatus } from './finding.ts';

const SIGNS: Readonly<Record<FindingStatus, string>> = { ok: '✓', warn: '!', fail: '✗', skip: '-' };
const NAME_WIDTH = 12;

/** True when nothing failed. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ status }) => status !== 'fail');
}

/** Findings as lines for a terminal: one each, with what to do about it below. */
export function describeFindings(findings: readonly Finding[]): string[] {
  const count = (status: FindingStatus) => findings.filter((finding) => finding.status === status).length;
  return [
    ...findings.flatMap(({ name, status, found, fix }) => [
      `${SIGNS[status]} ${name.padEnd(NAME_WIDTH)} ${cleanLine(found)}`,
      ...(fix === undefined ? [] : [`${' '.repeat(NAME_WIDTH + 3)}→ ${cleanLine(fix)}`]),
    ]),
    '',
    `${findings.length} findings: ${count('ok')} ok, ${count('warn')} to look at, ${count('fail')} failed, ${count('skip')} skipped.`,
  ];
}
