import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeFile } from './place-file.ts';
import type { StateDir } from './state-dir.ts';
import { codeOf, StateError } from './state-error.ts';

/** Looks like the configuration of a client that was left behind. Nothing reads it but this module, and thieves. */
const FILE = 'mcp-client.json';
const TOKEN = /wmcp_([A-Za-z0-9]{43})(?![A-Za-z0-9_-])/u;
/** Characters of a ULID. */
const ULID = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A secret that opens nothing: as a thief finds it, and so much of it that nothing else can be. */
export interface Decoy {
  readonly text: string;
  readonly core: string;
}

/** The decoys of this machine. The token stands in a file; the key, which is made from it, in no file: whoever shows it was in the process of the tools. */
export interface Decoys {
  readonly token: Decoy;
  readonly key: Decoy;
}

/** Decoys that nobody has seen yet. */
export function newDecoys(): Decoys {
  for (;;) {
    const random = randomBytes(32).toString('base64url');
    // Without - and _, every encoding of it is one that can be looked for.
    if (/^[A-Za-z0-9]+$/u.test(random)) return decoysFrom(random);
  }
}

/** The decoys on the disk. Where there are none, those that are known are put there, or new ones; of several processes at once one does. Throws StateError. */
export function keepDecoys(dir: StateDir, known: Decoys = newDecoys()): Decoys {
  dir.ensure();
  try {
    placeFile(join(dir.path, FILE), fileText(known));
    return known;
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST') throw unwritable(dir, thrown);
  }
  const found = readDecoys(dir);
  if (found !== undefined) return found;
  replace(dir, known);
  return known;
}

/** Puts other decoys in their place: the old ones are out. Throws StateError. */
export function renewDecoys(dir: StateDir): void {
  dir.ensure();
  replace(dir, newDecoys());
}

/** Changes whenever the file does; empty while it is not there. */
export function decoysMark(dir: StateDir): string {
  const stat = statSync(join(dir.path, FILE), { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.ino} ${stat.mtimeNs} ${stat.size}`;
}

function readDecoys(dir: StateDir): Decoys | undefined {
  try {
    const [, random] = TOKEN.exec(readFileSync(join(dir.path, FILE), 'utf8')) ?? [];
    return random === undefined ? undefined : decoysFrom(random);
  } catch (thrown) {
    throw unwritable(dir, thrown);
  }
}

function replace(dir: StateDir, decoys: Decoys): void {
  const file = join(dir.path, FILE);
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(draft, fileText(decoys), { flag: 'wx', mode: 0o600, flush: true });
    renameSync(draft, file);
  } catch (thrown) {
    rmSync(draft, { force: true });
    throw unwritable(dir, thrown);
  }
}

/** As `serve` prints it for clients. */
function fileText({ token }: Decoys): string {
  const headers = { Authorization: `Bearer ${token.text}` };
  const workos = { type: 'http', url: 'http://127.0.0.1:8765/mcp', headers };
  return `${JSON.stringify({ mcpServers: { workos } }, null, 2)}\n`;
}

function decoysFrom(random: string): Decoys {
  return { token: { text: `wmcp_${random}`, core: random.slice(8, 32) }, key: keyFrom(random) };
}

/** As WorkOS writes keys: a prefix, and the base64 of an id and a secret. */
function keyFrom(random: string): Decoy {
  const bytes = createHmac('sha512', random).update('workos-mcp decoy key').digest();
  const pick = (alphabet: string, from: number, to: number) =>
    Array.from(bytes.subarray(from, to), (byte) => alphabet[byte % alphabet.length]).join('');
  const plain = `key_01J${pick(ULID, 0, 23)},${pick(LETTERS, 23, 49)}`;
  const encoded = Buffer.from(plain).toString('base64');
  return { text: `sk_live_${encoded}`, core: encoded.slice(44, 68) };
}

function unwritable(dir: StateDir, cause: unknown): StateError {
  return new StateError(`Can't keep ${join(dir.path, FILE)} (${codeOf(cause)}).`, { cause });
}
