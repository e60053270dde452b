import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyId, rawPublicKey } from '../ed25519.ts';
import type { Masters } from './authentic.ts';
import { isDirectory, isFile } from './files.ts';

/** Why nothing can be verified, in words for the person. */
export class Unverifiable extends Error {
  override readonly name = 'Unverifiable';
}

/** The keys that are found in a directory, without what is none. Nobody vouches for them. */
export function foundKeys(path: string): { readonly masters: Masters; readonly ignored: readonly string[] } {
  const masters = new Map<string, KeyObject>();
  const ignored: string[] = [];
  for (const file of existsSync(path) && isDirectory(path) ? keyFilesIn(path) : [])
    try {
      if (!isFile(file)) throw new Unverifiable(`${file} is no file.`);
      const key = publicKeyIn(file);
      masters.set(keyId(rawPublicKey(key)), key);
    } catch (thrown) {
      ignored.push(thrown instanceof Unverifiable ? thrown.message : `${file} can't be read.`);
    }
  return { masters, ignored };
}

/** Public keys by their own ids, from a PEM file or from all `*.pub` of a directory. Throws Unverifiable where one is none. */
export function readKeys(path: string): Masters {
  if (!existsSync(path)) throw new Unverifiable(`There is no public key at ${path}.`);
  const files = isDirectory(path) ? keyFilesIn(path) : [path];
  const keys = files.map((file): [string, KeyObject] => {
    const key = publicKeyIn(file);
    return [keyId(rawPublicKey(key)), key];
  });
  if (keys.length === 0) throw new Unverifiable(`There is no public key in ${path}.`);
  return new Map(keys);
}

function keyFilesIn(path: string): string[] {
  return readdirSync(path)
    .filter((name) => name.endsWith('.pub'))
    .map((name) => join(path, name));
}

function publicKeyIn(file: string): KeyObject {
  const text = readFileSync(file, 'utf8');
  // A private key would do as well, and has no business here.
  if (!text.includes('BEGIN PUBLIC KEY')) throw new Unverifiable(`${file} is no public key.`);
  try {
    const key = createPublicKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below.
  }
  throw new Unverifiable(`${file} is no Ed25519 public key.`);
}
