import { type AuditRecord, NO_HASH } from '../format.ts';
import { BRINGS_KEY, type Masters, notBy, type SessionKey, sessionKeyFrom } from './authentic.ts';
import type { Line } from './files.ts';
import { explain, fits, type Misplaced, type Place, type Tampering } from './misplaced.ts';
import { readRecord } from './read-record.ts';
import type { Cut } from './pruned.ts';
import { cutsIn } from './shapes.ts';

/** The first thing that is wrong in a chain. */
export interface Problem {
  readonly kind: Tampering;
  /** Number of the record that is wrong or missing. */
  readonly seq: number;
  readonly file?: string;
  readonly line?: number;
  readonly why: string;
}

/** What the records of one chain, in their order, say about themselves. */
export interface ChainCheck {
  readonly problem: Problem | undefined;
  /** Why nothing can be said for sure, where no tampering was found. */
  readonly unverifiable: string | undefined;
  readonly chainId: string | undefined;
  /** Records up to the first problem. */
  readonly records: readonly AuditRecord[];
  readonly session: SessionKey | undefined;
  /** Where it says that chains were cut: nothing unless it is whole and certified. */
  readonly pruned: readonly Cut[];
}

export interface CheckOptions {
  readonly masters: Masters;
  /** The master keys were named by whoever asks: another one is a forgery, not an unknown. */
  readonly named: boolean;
  /** Looks at the signatures that cover the others only. */
  readonly fast: boolean;
}

/** Kinds whose signature is looked at in any case. */
const ANCHORS: ReadonlySet<string> = new Set([...BRINGS_KEY, 'checkpoint', 'prune', 'stop']);

/** Looks at a chain from its first record to its last, and stops at the first thing that is wrong. */
export function checkChain(lines: readonly Line[], options: CheckOptions): ChainCheck {
  const records: AuditRecord[] = [];
  let place = beginning(lines);
  let session: SessionKey | undefined;
  const result = (problem?: Problem, unverifiable?: string): ChainCheck => ({
    problem,
    unverifiable: unverifiable ?? (session?.certified === false ? noKey(session) : undefined),
    chainId: place.chainId,
    records,
    session,
    pruned: problem === undefined && session?.certified === true ? cutsOf(records, session) : [],
  });
  const version = foreignVersion(lines);
  if (version !== undefined) return result(undefined, `its format is version ${version}`);
  for (const [index, line] of lines.entries()) {
    const read = readRecord(line.bytes);
    const { record } = read;
    const isLast = index === lines.length - 1;
    const next = record && believe(record, place, session, { ...options, isLast });
    if (record !== undefined && next !== undefined && typeof next !== 'string') {
      records.push(record);
      session = next;
      place = { chainId: record.chain_id, seq: record.seq + 1, prevHash: record.hash };
      continue;
    }
    const doubt = typeof next === 'string' ? next : '';
    const found = judge(record, read.record === undefined ? read.why : doubt, index, lines, place);
    return result({ ...found, file: line.file, line: line.number });
  }
  return result();
}

/** The session key the record is signed with, or why it is not to be believed; `undefined` when it has no business here. */
function believe(
  record: AuditRecord,
  { chainId, seq, prevHash }: Place,
  session: SessionKey | undefined,
  { masters, named, fast, isLast }: CheckOptions & { isLast: boolean },
): SessionKey | string | undefined {
  if (chainId !== undefined && record.chain_id !== chainId) return undefined;
  if (record.seq !== seq || record.prev_hash !== prevHash) return undefined;
  const key = BRINGS_KEY.has(record.kind) ? sessionKeyFrom(record, masters) : session;
  if (key === undefined) return 'no certificate before it';
  if (typeof key === 'string') return key;
  if (named && !key.certified) return 'its keys are certified by another master key';
  if (session !== undefined && key.certificate.issuer !== session.certificate.issuer)
    return 'a key certified by another master key than those before';
  return notBy(record, key, !fast || isLast || ANCHORS.has(record.kind)) ?? key;
}

/** Names what is wrong at a line. */
function judge(
  record: AuditRecord | undefined,
  why: string,
  index: number,
  lines: readonly Line[],
  place: Place,
): Misplaced {
  // Without it, the next one stands where it belongs.
  if (why !== '' && fits(lines[index + 1], place))
    return { kind: 'inserted', seq: place.seq, why: `a line that does not belong here: ${why}` };
  if (record === undefined) return { kind: 'altered', seq: place.seq, why };
  if (why !== '') return { kind: 'forged', seq: place.seq, why };
  return explain(record, index, lines, place);
}

/** Where the lines begin: at the start of a chain, or where a file goes on with one. */
function beginning(lines: readonly Line[]): Place {
  const first = lines.findIndex(({ bytes }) => readRecord(bytes).record !== undefined);
  const record = first < 0 ? undefined : readRecord(lines[first]?.bytes ?? Buffer.alloc(0)).record;
  if (first === 0 && record?.kind === 'continue')
    return { chainId: record.chain_id, seq: record.seq, prevHash: record.prev_hash };
  return { chainId: undefined, seq: 0, prevHash: NO_HASH };
}

/** The version, where it is another one throughout; where others are of ours, the line was altered. */
function foreignVersion(lines: readonly Line[]): number | undefined {
  const version = versionOf(lines[0]);
  return version !== undefined && lines.every((line) => versionOf(line) === version) ? version : undefined;
}

function versionOf(line: Line | undefined): number | undefined {
  const read = line && readRecord(line.bytes);
  return read?.record === undefined ? read?.version : undefined;
}

function cutsOf(records: readonly AuditRecord[], { certificate }: SessionKey): Cut[] {
  return records.flatMap((record) => cutsIn(record, certificate.issuer));
}

function noKey({ certificate }: SessionKey): string {
  return `the public master key ${certificate.issuer} is not at hand`;
}
