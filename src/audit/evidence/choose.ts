import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../../shared/json.ts';
import { checkpointDirectory } from '../directories.ts';
import type { Head } from '../format.ts';
import { asRecord } from '../verify/shapes.ts';
import type { ChainSummary } from './summary.ts';

/** A checkpoint file as it was when it was read. */
export interface CheckpointFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly head: Head;
  readonly time: string;
}

/** What belongs to a period, whole, so that it verifies on its own. */
export interface Choice {
  readonly chains: readonly ChainSummary[];
  readonly checkpoints: readonly CheckpointFile[];
  /** Chains of other times. */
  readonly leftOut: readonly ChainSummary[];
}

/** Reads the checkpoints beside audit files. To be read before the chains: then none vouches for more than was copied. */
export function checkpointFiles(audit: string): CheckpointFile[] {
  const directory = checkpointDirectory(audit);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .flatMap((name) => {
      const bytes = readFileSync(join(directory, name));
      const record = recordIn(bytes);
      return record === undefined ? [] : [{ name, bytes, head: record, time: record.time }];
    });
}

/** Chooses the chains with a record since then, and those that say that the beginnings they lack were pruned. */
export function choose(
  all: readonly ChainSummary[],
  checkpoints: readonly CheckpointFile[],
  since: string,
): Choice {
  const chains = new Set(all.filter(({ times }) => times[1] >= since));
  // A set goes on with what is added while it is gone through.
  for (const { chainId, first } of chains) {
    const cutHere = (cut: Head) => cut.chain_id === chainId && cut.seq === first.seq - 1;
    const pruner = all.find(({ pruned }) => pruned.some(cutHere));
    if (pruner !== undefined) chains.add(pruner);
  }
  const ids = new Set([...chains].map(({ chainId }) => chainId));
  const present = new Set(all.map(({ chainId }) => chainId));
  const cuts = all.flatMap(({ pruned }) => pruned);
  // What vouches for a chain that has gone, though nobody pruned it, has to show that.
  const isMissed = ({ head, time }: CheckpointFile) =>
    !present.has(head.chain_id) &&
    time >= since &&
    !cuts.some((cut) => cut.chain_id === head.chain_id && cut.seq >= head.seq);
  return {
    chains: all.filter((chain) => chains.has(chain)),
    checkpoints: checkpoints.filter((each) => ids.has(each.head.chain_id) || isMissed(each)),
    leftOut: all.filter((chain) => !chains.has(chain)),
  };
}

function recordIn(bytes: Buffer) {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isRecord(value) ? asRecord(value['record']) : undefined;
  } catch {
    return undefined;
  }
}
