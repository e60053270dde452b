import { createHash, verify as verifySignature } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isRecord } from '../../shared/json.ts';
import { EVIDENCE_TYPE, FORMAT_VERSION } from '../format.ts';
import type { Masters } from './authentic.ts';
import { isFile } from './files.ts';
import { foundKeys, readKeys } from './keys.ts';
import { type Report, type Verdict, type VerifyOptions, verifyPath } from './verify.ts';

const MANIFEST = 'manifest.json';
const SIGNATURE = 'manifest.json.sig';

/** What is wrong with a file of a bundle. */
export interface FileProblem {
  readonly file: string;
  readonly kind: 'altered' | 'deleted' | 'inserted' | 'forged';
  readonly why: string;
}

/** What is known of a bundle besides its chains. */
export interface BundleReport {
  /** Files the manifest lists. */
  readonly files: number;
  readonly signed_by?: string;
  readonly problems: readonly FileProblem[];
  /** Why its signature can't be verified. */
  readonly reason?: string;
}

/** True for the folder of an unpacked evidence bundle. */
export function isBundle(path: string): boolean {
  return [MANIFEST, SIGNATURE].some((name) => isFile(join(path, name)));
}

/** Verifies an unpacked bundle: its files against the manifest, the manifest's signature, and its chains. Throws Unverifiable. */
export function verifyBundle(path: string, options: VerifyOptions = {}): Report & { bundle: BundleReport } {
  const bundle = checkFiles(path, options.key);
  const chains = verifyChains(path, options, bundle.problems.length > 0);
  const verdicts = new Set<Verdict>([
    chains.verdict,
    ...(bundle.problems.length > 0 ? ['tampered' as const] : []),
    ...(bundle.reason === undefined ? [] : ['unverifiable' as const]),
  ]);
  const verdict = WORST_FIRST.find((each) => verdicts.has(each)) ?? 'intact';
  // Whoever takes a bundle apart can sign the rest with a key of their own.
  const isOfChains = chains.chains.some(({ issuer }) => issuer === bundle.signed_by);
  const notes = [...chains.notes, ...(isOfChains ? [] : [STRANGER])];
  return { ...chains, verdict, path, notes, bundle };
}

const STRANGER =
  'the manifest is signed with a key that no chain in it is under: ask for that key on another way, and name it';
const WORST_FIRST: readonly Verdict[] = ['tampered', 'unverifiable', 'intact'];

/** A bundle whose files were tampered with may have no chain that can be read. */
function verifyChains(path: string, options: VerifyOptions, tampered: boolean): Report {
  try {
    return verifyPath(join(path, 'audit'), options);
  } catch (thrown) {
    if (!tampered) throw thrown;
    const note = thrown instanceof Error ? thrown.message : String(thrown);
    return { verdict: 'unverifiable', path, chains: [], notes: [note] };
  }
}

function checkFiles(path: string, key: string | undefined): BundleReport {
  const manifest = join(path, MANIFEST);
  if (!isFile(manifest)) return { files: 0, problems: [deleted(MANIFEST)] };
  const bytes = readFileSync(manifest);
  const list = manifestIn(bytes);
  if (list === undefined)
    return { files: 0, problems: [{ file: MANIFEST, kind: 'altered', why: 'not a manifest of a bundle' }] };
  const { files, signedBy } = list;
  const problems: FileProblem[] = [...files].flatMap(([name, hash]) => {
    const file = join(path, name);
    if (!isFile(file)) return [deleted(name)];
    if (createHash('sha256').update(readFileSync(file)).digest('hex') === hash) return [];
    return [{ file: name, kind: 'altered' as const, why: 'differs from its hash in the manifest' }];
  });
  const known = new Set([MANIFEST, SIGNATURE, ...files.keys()]);
  for (const file of filesIn(path))
    if (!known.has(file)) problems.push({ file, kind: 'inserted', why: 'is not in the manifest' });
  const signed = checkSignature(path, bytes, signedBy, key);
  if (typeof signed !== 'string' && signed !== undefined) problems.push(signed);
  const reason = typeof signed === 'string' ? { reason: signed } : {};
  return { files: files.size, signed_by: signedBy, problems, ...reason };
}

/** What is wrong with the signature; a text says why nothing can be said. */
function checkSignature(
  path: string,
  manifest: Buffer,
  signedBy: string,
  key: string | undefined,
): FileProblem | string | undefined {
  const file = join(path, SIGNATURE);
  if (!isFile(file)) return deleted(SIGNATURE);
  const master = keysFor(path, key).get(signedBy);
  if (master === undefined) {
    if (key === undefined) return `no public master key ${signedBy}`;
    return { file: MANIFEST, kind: 'forged', why: 'signed with another key than the one that was named' };
  }
  if (verifySignature(null, manifest, master, readFileSync(file))) return undefined;
  return { file: MANIFEST, kind: 'forged', why: 'a signature its key did not make' };
}

/** Keys in the bundle that are none are told by their hash. */
function keysFor(path: string, key: string | undefined): Masters {
  return key === undefined ? foundKeys(join(path, 'keys')).masters : readKeys(key);
}

function manifestIn(bytes: Buffer): { files: Map<string, string>; signedBy: string } | undefined {
  const value = json(bytes);
  if (!isRecord(value) || value['type'] !== EVIDENCE_TYPE || value['v'] !== FORMAT_VERSION) return undefined;
  const { signed_by: signedBy, files } = value;
  if (typeof signedBy !== 'string' || !Array.isArray(files)) return undefined;
  const pairs = files.flatMap((file: unknown): [string, string][] => {
    if (!isRecord(file)) return [];
    const { name, sha256 } = file;
    return typeof name === 'string' && typeof sha256 === 'string' && isInside(name) ? [[name, sha256]] : [];
  });
  return pairs.length === files.length ? { files: new Map(pairs), signedBy } : undefined;
}

/** A name that leads nowhere else. */
function isInside(name: string): boolean {
  return name.split('/').every((part) => /^[^\\:\p{Cc}]+$/u.test(part) && !/^\.+$/u.test(part));
}

function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function deleted(file: string): FileProblem {
  return { file, kind: 'deleted', why: 'is missing' };
}
