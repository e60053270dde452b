import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../../shared/json.ts';
import { checkpointDirectory } from '../directories.ts';
import type { Head } from '../format.ts';
import type { Masters } from '../verify/authentic.ts';
import { readCheckpoint } from '../verify/checkpoints.ts';
import { isFile } from '../verify/files.ts';
import { type Cut, excuses, type Known } from '../verify/pruned.ts';
import { asRecord } from '../verify/shapes.ts';
import type { ChainSummary } from './summary.ts';

/** A checkpoint file as it was when it was read. */
export interface CheckpointFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly head: Head;
  /** What it says, where it is to be believed. */
  readonly known: Known | undefined;
  readonly pruned: readonly Cut[];
}

/** What belongs to a period, whole, so that it verifies on its own. */
export interface Choice {
  readonly chains: readonly ChainSummary[];
  readonly checkpoints: readonly CheckpointFile[];
  /** Chains of other times. */
  readonly leftOut: readonly ChainSummary[];
}

/** Reads the checkpoints beside audit files. To be read before the chains: then none vouches for more than was copied. */
export function checkpointFiles(audit: string, masters: Masters): CheckpointFile[] {
  const directory = checkpointDirectory(audit);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json') && isFile(join(directory, name)))
    .toSorted()
    .flatMap((name) => {
      const file = join(directory, name);
      const bytes = readFileSync(file);
      const record = recordIn(bytes);
      const said = readCheckpoint(file, masters);
      const { head: known, pruned = [] } = typeof said === 'string' ? {} : said;
      return record === undefined ? [] : [{ name, bytes, head: record, known, pruned }];
    });
}

/** Chooses the chains of the period, all that do not verify, and those that say that the beginnings they lack were pruned. */
export function choose(
  all: readonly ChainSummary[],
  checkpoints: readonly CheckpointFile[],
  since: string,
): Choice {
  // What can't be believed may be of any time.
  const ofPeriod = ({ known }: CheckpointFile) => known === undefined || known.time >= since;
  const vouched = new Set(checkpoints.filter(ofPeriod).map(({ head }) => head.chain_id));
  const chains = new Set(
    all.filter(
      ({ verifies, times, touched, chainId }) =>
        !verifies || times[1] >= since || touched >= since || vouched.has(chainId),
    ),
  );
  // A set goes on with what is added while it is gone through.
  for (const { chainId, first } of chains) {
    const cutHere = (cut: Head) => cut.chain_id === chainId && cut.seq === first.seq - 1;
    const pruner = all.find(({ pruned }) => pruned.some(cutHere));
    if (pruner !== undefined) chains.add(pruner);
  }
  const ids = new Set([...chains].map(({ chainId }) => chainId));
  const present = new Set(all.map(({ chainId }) => chainId));
  const cuts = [...all, ...checkpoints].flatMap(({ pruned }) => pruned);
  // What vouches for a chain that has gone, though nobody pruned it, has to show that.
  const isMissed = (each: CheckpointFile) =>
    !present.has(each.head.chain_id) &&
    ofPeriod(each) &&
    !cuts.some((cut) => each.known !== undefined && excuses(cut, each.known, false));
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
