import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Head } from '../format.ts';
import { checkChain, type ChainCheck, type Problem } from './chain.ts';
import { type Checkpoints, readCheckpoints } from './checkpoints.ts';
import {
  type ChainFiles,
  chainsAt,
  hasChainName,
  isContinued,
  isDirectory,
  type Line,
  linesOf,
  nonFilesIn,
} from './files.ts';
import { asTwin, type Context, missingPart } from './ends.ts';
import { foundKeys, readKeys, Unverifiable } from './keys.ts';
import { excuses, type Known } from './pruned.ts';
import { readRecord } from './read-record.ts';

export type Verdict = 'intact' | 'tampered' | 'unverifiable';

export interface VerifyOptions {
  /** A public master key, or a directory of them; default: the directory `keys` beside the audit directory. */
  readonly key?: string | undefined;
  /** A checkpoint that was kept elsewhere, or a directory of them. */
  readonly checkpoint?: string | undefined;
  readonly fast?: boolean;
}

/** What is known of one chain. */
export interface ChainReport {
  readonly name: string;
  readonly files: readonly string[];
  readonly verdict: Verdict;
  readonly problem?: Problem;
  /** Why it can't be verified. */
  readonly reason?: string;
  readonly chain_id?: string;
  readonly records: number;
  readonly first_seq?: number;
  readonly head?: Head;
  readonly issuer?: string;
  readonly assurance?: string;
  readonly calls: { readonly intents: number; readonly outcomes: number };
  /** What is worth knowing and no sign of tampering. */
  readonly notes: readonly string[];
}

export interface Report {
  readonly verdict: Verdict;
  readonly path: string;
  readonly chains: readonly ChainReport[];
  readonly notes: readonly string[];
}

/** Verifies a file or a directory of them. Throws Unverifiable when nothing can be said at all. */
export function verifyPath(path: string, { key, checkpoint, fast = false }: VerifyOptions = {}): Report {
  if (!existsSync(path)) throw new Unverifiable(`There is nothing at ${path}.`);
  const directory = isDirectory(path);
  const home = directory ? path : dirname(path);
  const named = key !== undefined;
  const { masters, ignored } = named
    ? { masters: readKeys(key), ignored: [] }
    : foundKeys(join(home, '..', 'keys'));
  const own = readCheckpoints(join(home, 'checkpoints'), masters, false);
  const given: Checkpoints | undefined =
    checkpoint === undefined ? undefined : readCheckpoints(checkpoint, masters, true);
  const found = chainsAt(path);
  const read = found.map((files) => {
    const parts = files.files.map(linesOf);
    return { files, lines: parts.flatMap(({ lines }) => lines), torn: parts.map(({ torn }) => torn) };
  });
  if (!directory && !hasChainName(path) && !read.some(({ lines }) => lines.some(isWhole)))
    throw new Unverifiable(`${path} is no audit file: no line of it is a record.`);
  const empty = read.filter(({ lines }) => lines.length === 0);
  const checked = read
    .filter(({ lines }) => lines.length > 0)
    .map(({ files, lines, torn }) => {
      const check = checkChain(lines, { masters, fast, named });
      return { files, check, torn };
    });
  const heads = [...own.heads, ...(given?.heads ?? [])];
  const pruned = [...own.pruned, ...(given?.pruned ?? []), ...checked.flatMap(({ check }) => check.pruned)];
  const context = { heads, pruned, named, alone: !directory, continued: !directory && isContinued(path) };
  const chains = checked.map(({ files, check, torn }, index) => {
    const twin = checked.findIndex((other) => other.check.chainId === check.chainId);
    return reportOn(files, twin < index ? asTwin(check) : check, torn, context);
  });
  const missing = directory
    ? missingChains(
        checked.map(({ check }) => check),
        context,
      )
    : [];
  const all = [...chains, ...missing];
  if (all.length === 0) throw new Unverifiable(`There are no audit records in ${path}.`);
  if (
    !directory &&
    given !== undefined &&
    !given.heads.some(({ chain_id }) => chain_id === chains[0]?.chain_id)
  )
    throw new Unverifiable('The checkpoint is one of another chain.');
  const notes = [
    ...ignored.map((text) => `key not used: ${text}`),
    ...(directory ? nonFilesIn(path).map((name) => `${name} is no file`) : []),
    ...own.ignored.map((text) => `checkpoint not used: ${text}`),
    ...empty.map(({ files }) => `${files.name} has no records`),
  ];
  return { verdict: worst(all), path, chains: all, notes };
}

const isWhole = ({ bytes }: Line): boolean => readRecord(bytes).record !== undefined;

function reportOn(
  { name, files }: ChainFiles,
  check: ChainCheck,
  torn: readonly number[],
  context: Context,
): ChainReport {
  const { records, session } = check;
  const [first, last] = [records[0], records.at(-1)];
  const problem = check.problem ?? missingPart(check, context);
  const verdict =
    problem === undefined ? (check.unverifiable === undefined ? 'intact' : 'unverifiable') : 'tampered';
  const count = (kind: string) => records.filter((record) => record.kind === kind).length;
  const notes = torn.flatMap((bytes, index) =>
    bytes === 0
      ? []
      : [`${basename(files[index] ?? '')} ends in ${bytes} bytes of a record that was never finished`],
  );
  if (first !== undefined && first.seq > 0) notes.push(`begins at record ${first.seq}`);
  if (problem === undefined && last !== undefined && last.kind !== 'stop')
    notes.push('has no stop record: its process runs, was killed, or the end is missing');
  return {
    name,
    files: files.map((file) => basename(file)),
    verdict,
    ...(problem && { problem }),
    ...(verdict === 'unverifiable' && { reason: check.unverifiable ?? '' }),
    ...(check.chainId !== undefined && { chain_id: check.chainId }),
    records: records.length,
    ...(first && { first_seq: first.seq }),
    ...(last && { head: { chain_id: last.chain_id, seq: last.seq, hash: last.hash } }),
    ...(session && { issuer: session.certificate.issuer, assurance: session.certificate.assurance }),
    calls: { intents: count('intent'), outcomes: count('outcome') },
    notes,
  };
}

/** Chains that checkpoints know and the directory has not, unless they were pruned. */
function missingChains(checks: readonly ChainCheck[], { heads, pruned, named }: Context): ChainReport[] {
  const present = new Set(checks.map(({ chainId }) => chainId));
  const last = new Map<string, Known>();
  for (const head of heads) {
    if (present.has(head.chain_id) || pruned.some((cut) => excuses(cut, head, named))) continue;
    if (head.seq > (last.get(head.chain_id)?.seq ?? -1)) last.set(head.chain_id, head);
  }
  return [...last.values()].map(({ chain_id, seq }) => ({
    name: chain_id,
    files: [],
    verdict: 'tampered',
    problem: { kind: 'truncated', seq: 0, why: `a checkpoint knows record ${seq} of this chain` },
    chain_id,
    records: 0,
    calls: { intents: 0, outcomes: 0 },
    notes: [],
  }));
}

function worst(chains: readonly ChainReport[]): Verdict {
  if (chains.some(({ verdict }) => verdict === 'tampered')) return 'tampered';
  return chains.some(({ verdict }) => verdict === 'unverifiable') ? 'unverifiable' : 'intact';
}
