import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** `<start>-<pid>-<random>-<part>.jsonl`: the files of a chain differ in the part only. */
const NAME = /^(?<chain>\d{8}T\d{9}Z-\d+-[0-9a-f]{8})-(?<part>\d{4,})\.jsonl$/u;
const PART_DIGITS = 4;
const LINE_END = 0x0a;
const [QUOTE, BACKSLASH, OPEN, CLOSE] = [0x22, 0x5c, 0x7b, 0x7d];

/** A line of an audit file, without its line end. */
export interface Line {
  readonly file: string;
  /** Counted from 1. */
  readonly number: number;
  readonly bytes: Buffer;
}

/** The files of one chain, in order. */
export interface ChainFiles {
  readonly name: string;
  readonly files: readonly string[];
}

export interface AuditFileName {
  readonly chain: string;
  readonly part: number;
}

/** What a file's name says; `undefined` for other files. */
export function parseName(name: string): AuditFileName | undefined {
  const { chain, part } = NAME.exec(name)?.groups ?? {};
  return chain === undefined || part === undefined ? undefined : { chain, part: Number(part) };
}

/** What has the name of an audit file and is none: a directory, a pipe, a link that leads nowhere. */
export function nonFilesIn(directory: string): string[] {
  const names = readdirSync(directory).filter(hasChainName);
  return names.filter((name) => !isAuditFile(directory, name));
}

/** True for what counts as a chain in a directory, whatever is in it. */
export const hasChainName = (path: string): boolean => path.endsWith('.jsonl');

const isAuditFile = (directory: string, name: string): boolean =>
  hasChainName(name) && isFile(join(directory, name));

/** When the chain of a file began, by its name, as ISO time; `undefined` for a file of another name. */
export function startOf(file: string): string | undefined {
  const name = basename(file);
  if (parseName(name) === undefined) return undefined;
  const part = (from: number, to: number) => name.slice(from, to);
  return `${part(0, 4)}-${part(4, 6)}-${part(6, 8)}T${part(9, 11)}:${part(11, 13)}:${part(13, 15)}.${part(15, 18)}Z`;
}

/** The chains in a directory, oldest first. A file of another name is a chain of its own; what is no file is left out. */
export function chainsIn(directory: string): ChainFiles[] {
  const chains = new Map<string, { file: string; part: number }[]>();
  for (const file of readdirSync(directory).filter((name) => isAuditFile(directory, name))) {
    const { chain, part } = parseName(file) ?? { chain: file, part: 1 };
    chains.set(chain, [...(chains.get(chain) ?? []), { file, part }]);
  }
  return [...chains.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, parts]) => ({
      name,
      files: parts.sort((a, b) => a.part - b.part).map(({ file }) => join(directory, file)),
    }));
}

/** The chains in a directory, as `chainsIn` has them; of a file, what it holds as one. */
export function chainsAt(path: string): ChainFiles[] {
  return isDirectory(path) ? chainsIn(path) : [{ name: basename(path), files: [path] }];
}

/** Throws when a file that is not called as audit files are holds no record either: it never was one. */
export function requireChain(path: string, records: number): void {
  if (records === 0 && !hasChainName(path) && !isDirectory(path))
    throw new Error(`${path} is no audit file: no line of it is a record.`);
}

/** True when the next part of the file's chain is beside it. */
export function isContinued(file: string): boolean {
  const { chain, part } = parseName(basename(file)) ?? {};
  if (chain === undefined || part === undefined) return false;
  return existsSync(join(dirname(file), partName(chain, part + 1)));
}

/** The name of a part of a chain. */
export function partName(chain: string, part: number): string {
  return `${chain}-${String(part).padStart(PART_DIGITS, '0')}.jsonl`;
}

/** The lines of a file, the number of bytes after the last line end, which a crash may leave, and of all bytes. */
export function linesOf(path: string): { lines: Line[]; torn: number; size: number } {
  const bytes = readFileSync(path);
  const file = basename(path);
  const lines: Line[] = [];
  let start = 0;
  for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, start)) {
    lines.push({ file, number: lines.length + 1, bytes: bytes.subarray(start, end) });
    start = end + 1;
  }
  const rest = bytes.subarray(start);
  // Whoever wrote something else over a line end left a whole record and more; a crash leaves less.
  if (hasWholeRecord(rest)) lines.push({ file, number: lines.length + 1, bytes: rest });
  return { lines, torn: hasWholeRecord(rest) ? 0 : rest.length, size: bytes.length };
}

export const isDirectory = (path: string): boolean => statSync(path).isDirectory();
export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** True when an object ends before the bytes do. */
function hasWholeRecord(rest: Buffer): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < rest.length; at += 1) {
    const sign = rest[at];
    if (quoted) {
      if (sign === BACKSLASH) at += 1;
      else if (sign === QUOTE) quoted = false;
    } else if (sign === QUOTE) quoted = true;
    else if (sign === OPEN) depth += 1;
    else if (sign === CLOSE) depth -= 1;
    if (sign === CLOSE && !quoted && depth === 0) return at < rest.length - 1;
  }
  return false;
}
