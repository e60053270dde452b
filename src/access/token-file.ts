import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type BigIntStats, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { StateDir, Updated } from './state-dir.ts';

const FILE = 'tokens.json';
const PREFIX = 'wmcp_';

/** What a connection token may do, within what the server allows. */
export interface TokenScope {
  /** The only tools it may call; `undefined` for all. */
  readonly tools?: readonly string[] | undefined;
  /** No tool that changes the account. */
  readonly readOnly: boolean;
}

/** Strict: a field this build does not know could be a limit it would not keep. Times are milliseconds since 1970. */
const entrySchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** SHA-256 of the token, in hex: the token itself is nowhere. */
  hash: z.string().regex(/^[0-9a-f]{64}$/u),
  /** Its last four characters. */
  hint: z.string().max(4),
  tools: z.array(z.string()).optional(),
  read_only: z.boolean(),
  created: z.number(),
  expires: z.number().optional(),
  enabled: z.boolean(),
  revoked: z.number().optional(),
  /** The mark of the last stop when it was issued: one that came later revokes it. */
  last_stop: z.string(),
});
const fileSchema = z.array(entrySchema);
/** A file that is not there is empty; one that can't be understood is an error. */
const missingSchema = fileSchema.prefault([]);

/** A token as it is kept. */
export type TokenEntry = z.infer<typeof entrySchema>;
/** Only an active token is accepted. */
export type TokenStatus = 'active' | 'disabled' | 'expired' | 'revoked';

/** What becomes of a token by the clock and by the last stop. */
export function statusOf(
  { revoked, last_stop, expires, enabled }: TokenEntry,
  { now, lastStop }: { readonly now: number; readonly lastStop: string },
): TokenStatus {
  if (revoked !== undefined || last_stop !== lastStop) return 'revoked';
  if (expires !== undefined && expires <= now) return 'expired';
  return enabled ? 'active' : 'disabled';
}

/** The scope of a kept token. */
export function scopeOf({ tools, read_only }: TokenEntry): TokenScope {
  return { tools, readOnly: read_only };
}

/** Every token there is or was. Throws StateError when the file can't be understood. */
export function readTokens(dir: StateDir): readonly TokenEntry[] {
  return dir.read(FILE, schemaFor(dir));
}

/** Changes the tokens, as `StateDir.update` does. */
export function updateTokens<R>(
  dir: StateDir,
  change: (now: readonly TokenEntry[]) => Updated<TokenEntry[], R>,
): Promise<R> {
  return dir.update(FILE, schemaFor(dir), change);
}

/** Changes whenever the file does; what reading it each time would cost is saved. */
export function fileMark(dir: StateDir): string {
  const stat = statFile(dir);
  return stat === undefined ? '' : `${stat.ino} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.size}`;
}

/** A new token, 256 random bits behind a prefix that scanners know it by, and what is kept of it. */
export function newSecret(): { readonly token: string; readonly kept: Pick<TokenEntry, 'hash' | 'hint'> } {
  const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  return { token, kept: { hash: sha256(token).toString('hex'), hint: token.slice(-4) } };
}

/** True for a text that could be a token, by its form. */
export function looksLikeToken(text: string): boolean {
  return text.startsWith(PREFIX);
}

/** The entry of a token. Compares with each one there is, in constant time, so that time tells nothing about any. */
export function findToken(
  entries: readonly TokenEntry[],
  token: string,
  equal: (a: Buffer, b: Buffer) => boolean = timingSafeEqual,
): TokenEntry | undefined {
  const hash = sha256(token);
  let found: TokenEntry | undefined;
  for (const entry of entries) if (equal(hash, Buffer.from(entry.hash, 'hex'))) found = entry;
  return found;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function schemaFor(dir: StateDir): z.ZodType<TokenEntry[]> {
  return statFile(dir) === undefined ? missingSchema : fileSchema;
}

function statFile(dir: StateDir): BigIntStats | undefined {
  return statSync(join(dir.path, FILE), { bigint: true, throwIfNoEntry: false });
}
