import { type Head, NO_HASH } from '../format.ts';
import type { ChainCheck, Problem } from './chain.ts';

/** What is known from elsewhere than a chain itself. */
export interface Context {
  readonly heads: readonly Head[];
  readonly pruned: readonly Head[];
  /** A file on its own may begin in the middle of its chain. */
  readonly alone: boolean;
  /** A file on its own may be followed by another, which has the end. */
  readonly continued: boolean;
}

/** What a chain lacks at its ends, by what checkpoints say of it. */
export function missingPart(
  { records, chainId }: ChainCheck,
  { heads, pruned, alone, continued }: Context,
): Problem | undefined {
  const [first, last] = [records[0], records.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const isStart = first.seq === 0 && first.prev_hash === NO_HASH;
  const cut = pruned.filter((head) => head.chain_id === chainId && head.seq === first.seq - 1);
  if (!isStart && !alone && cut.length === 0)
    return {
      kind: 'deleted',
      seq: 0,
      why: `records 0 to ${first.seq - 1} are missing, and no checkpoint says that they were pruned`,
    };
  const wrong = [...heads, ...pruned].find(
    (head) =>
      head.chain_id === chainId &&
      hashAt(records, head.seq) !== head.hash &&
      head.seq >= first.seq - 1 &&
      !(continued && head.seq > last.seq),
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
