import { NO_HASH } from '../format.ts';
import type { ChainCheck, Problem } from './chain.ts';
import { type Cut, type Known, maySpeakFor } from './pruned.ts';

/** What is known from elsewhere than a chain itself. */
export interface Context {
  readonly heads: readonly Known[];
  readonly pruned: readonly Cut[];
  /** The master keys were named by whoever asks. */
  readonly named: boolean;
  /** A file on its own may begin in the middle of its chain. */
  readonly alone: boolean;
  /** A file on its own may be followed by another, which has the end. */
  readonly continued: boolean;
}

/** What a chain lacks at its ends, by what checkpoints say of it. */
export function missingPart(
  { records, chainId, session }: ChainCheck,
  { heads: all, pruned, named, alone, continued }: Context,
): Problem | undefined {
  const [first, last] = [records[0], records.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const isStart = first.seq === 0 && first.prev_hash === NO_HASH;
  const heads = all.filter((head) => head.chain_id === chainId);
  const cuts = pruned.filter(
    (cut) => cut.chain_id === chainId && maySpeakFor(cut, session?.certificate.issuer, named),
  );
  const begin = first.seq - 1;
  // What was younger than is removed can't have been pruned.
  const cut = cuts.filter(
    ({ seq, before }) => seq === begin && heads.every((head) => head.seq > begin || head.time < before),
  );
  if (!isStart && !alone && cut.length === 0)
    return {
      kind: 'deleted',
      seq: 0,
      why: `records 0 to ${begin} are missing, and no checkpoint says that they were pruned`,
    };
  const wrong = [...heads, ...cuts].find(
    (head) =>
      hashAt(records, head.seq) !== head.hash && head.seq >= begin && !(continued && head.seq > last.seq),
  );
  if (wrong === undefined) return undefined;
  return wrong.seq > last.seq
    ? { kind: 'truncated', seq: last.seq + 1, why: `a checkpoint knows record ${wrong.seq}` }
    : { kind: 'forged', seq: wrong.seq, why: 'a checkpoint knows another record here' };
}

/** The hash of a record, or of the one before the first. */
function hashAt(records: ChainCheck['records'], seq: number): string | undefined {
  const first = records[0];
  return first !== undefined && seq === first.seq - 1
    ? first.prev_hash
    : records[seq - (first?.seq ?? 0)]?.hash;
}

/** A chain whose id another file has already used. */
export function asTwin(check: ChainCheck): ChainCheck {
  if (check.problem !== undefined || check.chainId === undefined) return check;
  const problem: Problem = {
    kind: 'duplicated',
    seq: check.records[0]?.seq ?? 0,
    why: 'another file holds this chain, too',
  };
  return { ...check, problem };
}
