import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ChainWriter } from './chain-writer.ts';
import { keepCheckpoint } from './checkpoint-file.ts';
import { checkpointDirectory } from './directories.ts';
import type { Head } from './format.ts';
import type { Recorder } from './recorder.ts';
import { checkChain } from './verify/chain.ts';
import { type Checkpoints, readCheckpoint, readCheckpoints } from './verify/checkpoints.ts';
import { missingPart } from './verify/ends.ts';
import { type ChainFiles, chainsIn, isFile, linesOf, startOf } from './verify/files.ts';
import { foundKeys } from './verify/keys.ts';
import { firstRecord } from './first-record.ts';
import type { Masters } from './verify/authentic.ts';

export interface House {
  readonly writer: ChainWriter;
  readonly recorder: Recorder;
  readonly now: Date;
  readonly retentionMs: number;
  readonly warn: (message: string) => void;
}

/** Removes what is older than is kept. Says what goes before it does, so that what is left still verifies. */
export async function prune({ writer, recorder, now, retentionMs, warn }: House): Promise<void> {
  const before = new Date(now.getTime() - retentionMs).toISOString();
  const found = oldParts(writer, before);
  const doubted = found.flatMap((part) => (typeof part === 'string' ? [part] : []));
  if (doubted.length > 0)
    warn(`Old audit files stay, for they do not verify: ${doubted.join(', ')}. "audit verify" says more.`);
  const old = found.filter((part) => typeof part !== 'string');
  if (old.length === 0) return;
  const heads = old.map(({ head }) => ({ ...head }));
  const files = old.flatMap((part) => part.files.map((file) => basename(file)));
  const written = recorder.write(() => ({ kind: 'prune', body: { before, heads, files } }));
  await writer.sync();
  keepCheckpoint(writer.audit, written, `prune-${writer.chainId}-${written.record.seq}`);
  for (const part of old) {
    for (const file of part.files) rmSync(file, { force: true });
    if (part.whole)
      rmSync(join(checkpointDirectory(writer.audit), `${part.head.chain_id}.json`), { force: true });
  }
  removeOldCheckpoints(writer, before);
}

interface OldPart {
  readonly files: readonly string[];
  readonly head: Head;
  /** Nothing of the chain is left. */
  readonly whole: boolean;
}

/** What may go of each chain, and the names of those that may not though they look old. */
function oldParts({ audit, master }: ChainWriter, before: string): (OldPart | string)[] {
  const chains = chainsIn(audit).filter(({ files }) => isOld(files[0], before));
  if (chains.length === 0) return [];
  const { masters: found } = foundKeys(join(dirname(audit), 'keys'));
  const masters: Masters = new Map([...found, [master.kid, master.publicKey]]);
  // Before the chains: then none knows more than is read of them.
  const checkpoints = readCheckpoints(checkpointDirectory(audit), masters, false);
  return chains.flatMap((chain) => oldPart(chain, before, { masters, own: master.kid, checkpoints }) ?? []);
}

/** By its name only, which is cheap. */
function isOld(file: string | undefined, before: string): boolean {
  const start = file === undefined ? undefined : startOf(file);
  return start !== undefined && start < before;
}

interface Ground {
  readonly masters: Masters;
  readonly own: string;
  readonly checkpoints: Checkpoints;
}

/** The files a chain begins with, all of whose records are too old. What a prune signs away is believed: the chain has to verify first, under our own key. */
function oldPart(
  { name, files }: ChainFiles,
  before: string,
  { masters, own, checkpoints }: Ground,
): OldPart | string | undefined {
  const parts = files.map((file) => linesOf(file).lines);
  const check = checkChain(parts.flat(), { masters, named: true, fast: true });
  const ends = { ...checkpoints, named: false, alone: false, continued: false };
  if (check.problem !== undefined || missingPart(check, ends) !== undefined) return name;
  // Another key of this user vouches for it: whoever has that one prunes it.
  if (check.session === undefined || check.session.certificate.issuer !== own) return undefined;
  let records = 0;
  let old = 0;
  for (const lines of parts) {
    const part = check.records.slice(records, records + lines.length);
    if (part.length === 0 || part.some(({ time }) => time >= before)) break;
    records += part.length;
    old += 1;
  }
  const last = check.records[records - 1];
  if (last === undefined) return undefined;
  const { chain_id, seq, hash } = last;
  return { files: files.slice(0, old), head: { chain_id, seq, hash }, whole: old === files.length };
}

/** Those about chains that are still here in part, or that another checkpoint knows, are needed: without them records would be missed. */
function removeOldCheckpoints({ audit, master }: ChainWriter, before: string): void {
  const directory = checkpointDirectory(audit);
  const masters: Masters = new Map([[master.kid, master.publicKey]]);
  const left = new Map(
    readdirSync(directory).flatMap((name) => {
      const file = join(directory, name);
      const said = isFile(file) ? readCheckpoint(file, masters) : '';
      return typeof said === 'string' ? [] : [[name, said] as const];
    }),
  );
  const old = [...left]
    .filter(([name, { head }]) => name.startsWith('prune-') && head.time < before)
    .toSorted(([, a], [, b]) => (a.head.time < b.head.time ? -1 : 1));
  if (old.length === 0) return;
  const here = new Set(chainsIn(audit).map(({ files }) => firstRecord(files[0] ?? '')?.chain_id));
  for (const [name, { pruned }] of old) {
    const known = new Set([...left].flatMap(([each, { head }]) => (each === name ? [] : [head.chain_id])));
    if (pruned.some(({ chain_id }) => here.has(chain_id) || known.has(chain_id))) continue;
    rmSync(join(directory, name), { force: true });
    left.delete(name);
  }
}
