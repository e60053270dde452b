import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../../shared/json.ts';
import { CHECKPOINT_TYPE, FORMAT_VERSION } from '../format.ts';
import { checkCertificate, type Masters, notBy } from './authentic.ts';
import { isDirectory, isFile } from './files.ts';
import { Unverifiable } from './keys.ts';
import { hashOf } from './read-record.ts';
import type { Cut, Known } from './pruned.ts';
import { asCertificate, asRecord, cutsIn } from './shapes.ts';

/** What checkpoints say: how far chains have come, and where their beginnings were pruned. */
export interface Checkpoints {
  readonly heads: readonly Known[];
  readonly pruned: readonly Cut[];
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
  const read = files.map((file) => ({
    file,
    // A pipe in a directory would be waited for.
    content: file === path || isFile(file) ? readCheckpoint(file, masters) : 'no file',
  }));
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

/** What one file says, or why it is not to be believed. */
export function readCheckpoint(
  file: string,
  masters: Masters,
): { head: Known; pruned: readonly Cut[] } | string {
  try {
    return checkpointIn(readFileSync(file), masters);
  } catch {
    // Halves of characters have no canonical form.
    return 'not a checkpoint';
  }
}

function checkpointIn(bytes: Buffer, masters: Masters): { head: Known; pruned: readonly Cut[] } | string {
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  if (!isRecord(value) || value['type'] !== CHECKPOINT_TYPE) return 'not a checkpoint';
  if (value['v'] !== FORMAT_VERSION) return 'a checkpoint of another version';
  const record = asRecord(value['record']);
  const certificate = asCertificate(value['certificate']);
  if (record === undefined || certificate === undefined) return 'not a whole checkpoint';
  const session = checkCertificate(certificate, record, masters);
  if (typeof session === 'string') return session;
  if (!session.certified) return `no public master key ${certificate.issuer}`;
  if (hashOf(record) !== record.hash) return 'content does not fit its hash';
  const { chain_id, seq, hash, time } = record;
  const { issuer } = certificate;
  const said = { head: { chain_id, seq, hash, time, issuer }, pruned: cutsIn(record, issuer) };
  return notBy(record, session, true) ?? said;
}
