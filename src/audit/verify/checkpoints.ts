import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../../shared/json.ts';
import { CHECKPOINT_TYPE, FORMAT_VERSION, type Head } from '../format.ts';
import { checkCertificate, type Masters, notBy } from './authentic.ts';
import { isDirectory } from './files.ts';
import { Unverifiable } from './keys.ts';
import { hashOf } from './read-record.ts';
import { asCertificate, asRecord, prunedHeads } from './shapes.ts';

/** What checkpoints say: how far chains have come, and where their beginnings were pruned. */
export interface Checkpoints {
  readonly heads: readonly Head[];
  readonly pruned: readonly Head[];
  /** Files that were not to be believed. */
  readonly ignored: readonly string[];
}

/** Reads one checkpoint file, or all of a directory. With `strict`, one that is not to be believed throws Unverifiable. */
export function readCheckpoints(path: string, masters: Masters, strict: boolean): Checkpoints {
  if (!existsSync(path)) {
    if (strict) throw new Unverifiable(`There is no checkpoint at ${path}.`);
    return { heads: [], pruned: [], ignored: [] };
  }
  const files = isDirectory(path)
    ? readdirSync(path)
        .filter((name) => name.endsWith('.json'))
        .map((name) => join(path, name))
    : [path];
  const read = files.map((file) => ({ file, content: readCheckpoint(file, masters) }));
  const ignored = read.flatMap(({ file, content }) =>
    typeof content === 'string' ? [`${file}: ${content}`] : [],
  );
  if (strict && ignored[0] !== undefined)
    throw new Unverifiable(`A checkpoint can't be believed: ${ignored[0]}.`);
  const believed = read.flatMap(({ content }) => (typeof content === 'string' ? [] : [content]));
  return {
    heads: believed.map(({ head }) => head),
    pruned: believed.flatMap(({ pruned }) => pruned),
    ignored,
  };
}

function readCheckpoint(file: string, masters: Masters): { head: Head; pruned: readonly Head[] } | string {
  const value = json(file);
  if (!isRecord(value) || value['type'] !== CHECKPOINT_TYPE) return 'not a checkpoint';
  if (value['v'] !== FORMAT_VERSION) return 'a checkpoint of another version';
  const record = asRecord(value['record']);
  const certificate = asCertificate(value['certificate']);
  if (record === undefined || certificate === undefined) return 'not a whole checkpoint';
  const session = checkCertificate(certificate, record, masters);
  if (typeof session === 'string') return session;
  if (!session.certified) return `no public master key ${certificate.issuer}`;
  if (hashOf(record) !== record.hash) return 'content does not fit its hash';
  const { chain_id, seq, hash } = record;
  return notBy(record, session, true) ?? { head: { chain_id, seq, hash }, pruned: prunedHeads(record) };
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
