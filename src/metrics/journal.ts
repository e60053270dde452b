import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '../access/make-directory.ts';
import type { StateDir } from '../access/state-dir.ts';
import type { Logger } from '../shared/logger.ts';
import { startOf } from '../shared/running.ts';
import { JOURNAL_NAME, JOURNALS } from './journal-reader.ts';
import type { Kept, MetricsSink } from './past.ts';

/** How much is kept, and for how long. */
export interface JournalLimits {
  readonly files: number;
  readonly fileBytes: number;
  readonly allBytes: number;
  readonly keptMs: number;
}

const DAY_MS = 86_400_000;
const LIMITS: JournalLimits = { files: 500, fileBytes: 8_000_000, allBytes: 32_000_000, keptMs: 8 * DAY_MS };
/** Lines wait so long for others. */
const PATIENCE_MS = 500;
/** More lines than this are not kept while the disk is slow. */
const MOST_WAITING = 10_000;

/** Keeps records in a file of this process alone, made with the first of them; no two processes ever write the same. What can't be written is said once, and lost. */
export function createJournal(dir: StateDir, logger: Logger, limits: JournalLimits = LIMITS): MetricsSink {
  return new Journal(dir, logger, limits);
}

class Journal implements MetricsSink {
  readonly #dir: StateDir;
  readonly #logger: Logger;
  readonly #limits: JournalLimits;
  #lines: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #file: FileHandle | undefined;
  #bytes = 0;
  #warned = false;
  #closed = false;

  constructor(dir: StateDir, logger: Logger, limits: JournalLimits) {
    this.#dir = dir;
    this.#logger = logger;
    this.#limits = limits;
  }

  write(past: Kept): void {
    if (this.#closed || this.#lines.length >= MOST_WAITING) return;
    const kept = past.type === 'sessions' ? { start: startOf(process.pid), ...past } : past;
    this.#lines.push(`${JSON.stringify(kept)}\n`);
    this.#timer ??= setTimeout(() => this.#flush(), PATIENCE_MS).unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#flush();
    await this.#writing;
    await this.#file?.close().catch(() => undefined);
    this.#file = undefined;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#lines.join('');
    this.#lines = [];
    if (text !== '')
      this.#writing = this.#writing
        .then(() => this.#append(text))
        .catch((thrown: unknown) => this.#warn(thrown));
  }

  async #append(text: string): Promise<void> {
    const full = this.#bytes >= this.#limits.fileBytes;
    if (full) await this.#leave();
    this.#file ??= await this.#begin();
    try {
      await this.#file.appendFile(text);
      this.#bytes += Buffer.byteLength(text);
    } catch (thrown) {
      // A half line would spoil the next one, so that goes into a file of its own.
      await this.#leave();
      throw thrown;
    }
  }

  async #leave(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    this.#bytes = 0;
    await file?.close().catch(() => undefined);
  }

  async #begin(): Promise<FileHandle> {
    this.#dir.ensure();
    const folder = join(this.#dir.path, JOURNALS);
    makeDirectory(folder);
    await prune(folder, this.#limits);
    const name = `${String(Date.now()).padStart(13, '0')}-${process.pid}-${randomBytes(4).toString('hex')}.jsonl`;
    return open(join(folder, name), 'ax', 0o600);
  }

  #warn(thrown: unknown): void {
    if (!this.#warned)
      this.#logger.warn(
        `figures are not kept: ${thrown instanceof Error ? thrown.message : 'unknown reason'}`,
      );
    this.#warned = true;
  }
}

/** Removes what is too old, and the oldest of what is too much; another process may do the same. */
async function prune(folder: string, { files, fileBytes, allBytes, keptMs }: JournalLimits): Promise<void> {
  const names = (await readdir(folder))
    .filter((name) => JOURNAL_NAME.test(name))
    .toSorted((a, b) => (a < b ? 1 : -1));
  let bytes = fileBytes;
  for (const [index, name] of names.entries()) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    bytes += found?.size ?? 0;
    const isOld = found !== undefined && Date.now() - found.mtimeMs > keptMs;
    if (isOld || index + 1 >= files || bytes > allBytes) await rm(path, { force: true });
  }
}
