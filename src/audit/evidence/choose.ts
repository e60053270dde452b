import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../../shared/json.ts';
import { checkpointDirectory } from '../directories.ts';
import type { Head } from '../format.ts';
import { asRecord, prunedHeads } from '../verify/shapes.ts';
import type { ChainSummary } from './summary.ts';

/** A checkpoint file as it was when it was read. */
export interface CheckpointFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly head: Head;
  readonly pruned: readonly Head[];
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
      return record === undefined ? [] : [{ name, bytes, head: record, pruned: prunedHeads(record) }];
    });
}

/** Chooses the chains with a record since then, and what a verifier needs to believe that the beginnings they lack were pruned. */
export function choose(
  all: readonly ChainSummary[],
  checkpoints: readonly CheckpointFile[],
  since: string,
): Choice {
  const chains = new Set(all.filter(({ times }) => times[1] >= since));
  const kept = new Set<CheckpointFile>();
  const present = new Map(all.map((chain) => [chain.chainId, chain]));
  const excuse = (covers: (cut: Head) => boolean) => {
    const chain = all.find(({ pruned }) => pruned.some(covers));
    const checkpoint = checkpoints.find(({ pruned }) => pruned.some(covers));
    if (chain !== undefined) chains.add(chain);
    else if (checkpoint !== undefined) kept.add(checkpoint);
  };
  for (let before = -1; before < chains.size + kept.size; ) {
    before = chains.size + kept.size;
    for (const { chainId, first } of [...chains])
      if (first.seq > 0) excuse((cut) => cut.chain_id === chainId && cut.seq === first.seq - 1);
    // Of a checkpoint that is kept its chain is looked for.
    for (const { head } of [...kept]) {
      const own = present.get(head.chain_id);
      if (own !== undefined) chains.add(own);
      else excuse((cut) => cut.chain_id === head.chain_id && cut.seq >= head.seq);
    }
  }
  const ids = new Set([...chains].map(({ chainId }) => chainId));
  return {
    chains: all.filter((chain) => chains.has(chain)),
    checkpoints: checkpoints.filter((each) => kept.has(each) || ids.has(each.head.chain_id)),
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
