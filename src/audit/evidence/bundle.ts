import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import type { StateDir } from '../../access/state-dir.ts';
import { StateError } from '../../access/state-error.ts';
import { auditDirectory } from '../directories.ts';
import type { MasterKey } from '../master-key.ts';
import type { Masters } from '../verify/authentic.ts';
import { chainsIn } from '../verify/files.ts';
import { foundKeys } from '../verify/keys.ts';
import { type Choice, checkpointFiles, choose } from './choose.ts';
import { coverageOf } from './coverage.ts';
import { howToVerify } from './how-to-verify.ts';
import { type Listed, listed, signedManifest } from './manifest.ts';
import { type ChainSummary, type FilePart, summarize } from './summary.ts';
import { type ZipEntry, zipped } from './zip.ts';

export interface EvidenceOptions {
  readonly dir: StateDir;
  /** Begin of the period, ISO; absent for all there is. It ends now. */
  readonly since?: string | undefined;
  readonly master: MasterKey;
  /** Version of this program. */
  readonly server: string;
  /** Files that come as they are, by name: the lockfile, the format, the verifier where it is at hand. */
  readonly materials: readonly ZipEntry[];
  readonly now: Date;
  readonly signal: AbortSignal;
  /** Told how many of how many files are in. */
  readonly progress?: (done: number, all: number) => void;
}

/** A bundle, and what is in it. */
export interface Evidence {
  readonly zip: Uint8Array;
  readonly chains: number;
  readonly records: number;
  /** SHA-256 of its manifest, in hex: what ties a bundle to the trail that tells of its export. */
  readonly manifestHash: string;
}

/** Makes the bundle for an auditor. Rejects with the signal's reason, or a StateError when there is nothing to show. */
export async function makeEvidence(options: EvidenceOptions): Promise<Evidence> {
  const { dir, since = '', master, server, materials, now, signal, progress } = options;
  const audit = auditDirectory(dir);
  const masters = mastersOf(dir, master);
  const checkpoints = checkpointFiles(audit, masters);
  const { summaries, unreadable } = await summarizeAll(audit, since, masters, signal);
  const choice = choose(summaries, checkpoints, since);
  const { chains } = choice;
  const files = [...chains.flatMap((chain) => chain.files), ...unreadable];
  if (files.length === 0) throw new StateError(`There are no audit records of this time in ${audit}.`);
  const made = now.toISOString();
  const list: Listed[] = [];
  let manifestHash = '';
  const content = async function* (): AsyncGenerator<ZipEntry> {
    const texts = {
      'HOW-TO-VERIFY.md': howToVerify({
        kid: master.kid,
        made,
        materials: materials.map(({ name }) => name),
      }),
      'coverage.json': `${JSON.stringify(coverageOf({ choice, since, made, unreadable: unreadable.map(({ name }) => name) }), null, 2)}\n`,
    };
    yield* Object.entries(texts).map(([name, text]) => ({ name, content: Buffer.from(text) }));
    yield* materials;
    yield* keysOf(dir, choice, master);
    yield* choice.checkpoints.map(({ name, bytes }) => ({
      name: `audit/checkpoints/${name}`,
      content: bytes,
    }));
    for (const [index, file] of files.entries()) {
      yield { name: `audit/${file.name}`, content: wholePart(file) };
      progress?.(index + 1, files.length);
    }
  };
  const all = async function* (): AsyncGenerator<ZipEntry> {
    for await (const entry of content()) {
      list.push(listed(entry.name, entry.content));
      yield entry;
    }
    const { manifest, signature } = signedManifest(list, { made, server }, master);
    manifestHash = createHash('sha256').update(manifest).digest('hex');
    yield { name: 'manifest.json', content: manifest };
    yield { name: 'manifest.json.sig', content: signature };
  };
  const zip = await zipped(all(), now, signal);
  const records = chains.reduce((sum, each) => sum + each.records, 0);
  return { zip, chains: chains.length, records, manifestHash };
}

function mastersOf(dir: StateDir, { kid, publicKey }: MasterKey): Masters {
  return new Map([...foundKeys(join(dir.path, 'keys')).masters, [kid, publicKey]]);
}

async function summarizeAll(audit: string, since: string, masters: Masters, signal: AbortSignal) {
  const summaries: ChainSummary[] = [];
  const unreadable: FilePart[] = [];
  for (const chain of existsSync(audit) ? chainsIn(audit) : []) {
    signal.throwIfAborted();
    const found = summarize(chain, since, masters);
    if ('chainId' in found) summaries.push(found);
    else unreadable.push(...found.filter(({ bytes }) => bytes > 0));
    await breathe();
  }
  return { summaries, unreadable };
}

/** The public keys that the chains and the manifest are signed under, as far as they are at hand. */
function keysOf(dir: StateDir, { chains }: Choice, { kid, publicKey }: MasterKey): ZipEntry[] {
  const own = Buffer.from(publicKey.export({ format: 'pem', type: 'spki' }).toString());
  const others = [...new Set(chains.flatMap(({ issuers }) => issuers))].filter((issuer) => issuer !== kid);
  return [
    { name: `keys/${kid}.pub`, content: own },
    ...others.flatMap((issuer) => {
      const file = join(dir.path, 'keys', `${issuer}.pub`);
      return existsSync(file) ? [{ name: `keys/${issuer}.pub`, content: readFileSync(file) }] : [];
    }),
  ];
}

/** What was summarized of a file, and nothing that came after. */
function wholePart({ path, bytes }: FilePart): Uint8Array {
  const handle = openSync(path, 'r');
  try {
    const content = Buffer.alloc(bytes);
    let at = 0;
    for (let read = 1; read > 0 && at < bytes; at += read)
      read = readSync(handle, content, at, bytes - at, at);
    if (at < bytes) throw new StateError(`${path} has become shorter.`);
    return content;
  } finally {
    closeSync(handle);
  }
}
