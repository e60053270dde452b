import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StateDir } from '../access/state-dir.ts';
import { StateError } from '../access/state-error.ts';
import { auditDirectory } from '../audit/directories.ts';
import { type ChainFiles, chainsIn, isDirectory } from '../audit/verify/files.ts';
import { JOURNAL_NAME, JournalReader, JOURNALS } from './journal-reader.ts';
import type { Kept, MetricsSource, Past } from './past.ts';
import { Told } from './told.ts';
import { ChainReader } from './trail-reader.ts';

type Teller = 'trail' | 'journal';

/**
 * What all processes of this user did: from the audit trail; the journals add what it does not have (tokens, taint, sessions),
 * and the calls that could not be recorded there. Each call is told of once, whichever of the two is missing. Asked again, it
 * reads only what was added. `except` names a process that tells of itself. Throws StateError when the directory can't be trusted.
 */
export function pastFiles(dir: StateDir, except?: string): MetricsSource {
  return new PastFiles(dir, except);
}

class PastFiles implements MetricsSource {
  readonly #dir: StateDir;
  readonly #except: string | undefined;
  readonly #chains = new Map<string, ChainReader>();
  readonly #journals = new Map<string, JournalReader>();
  /** By process. */
  readonly #told = new Map<string, Told>();
  /** Audit files too old to matter: nothing is added to them any more, since a chain moves on to another file before. */
  readonly #old = new Set<string>();

  constructor(dir: StateDir, except: string | undefined) {
    this.#dir = dir;
    this.#except = except;
  }

  async *read(since: number): AsyncGenerator<Past> {
    const problem = this.#dir.problem();
    if (problem !== undefined) throw new StateError(problem);
    for await (const [teller, some] of this.#all(since)) {
      for (const past of some) {
        if (past.process === this.#except) continue;
        const isDue = past.type === 'sessions' || past.at >= since;
        const next = isDue ? this.#once(teller, past) : undefined;
        if (next !== undefined) yield next;
      }
    }
    const known = [...this.#chains.values(), ...this.#journals.values()];
    keepOnly(this.#told, new Set(known.map(({ process }) => process)));
  }

  /** Of a call that was told of, what is new about it. */
  #once(teller: Teller, past: Kept): Past | undefined {
    if (past.type === 'sessions') return past;
    const told = this.#told.get(past.process) ?? new Told();
    this.#told.set(past.process, told);
    if (past.type === 'event') {
      const count = told.event(teller, past);
      if (count === (past.count ?? 1)) return past;
      return count > 0 ? { ...past, count } : undefined;
    }
    if (told.call(past.call)) return past;
    const { at, process, tool, client, token, tokenId, tokens, untrusted } = past;
    if (teller === 'trail' || (tokens === undefined && untrusted === undefined)) return undefined;
    return { type: 'more', at, process, tool, client, token, tokenId, tokens, untrusted };
  }

  /** The trail first: what it has counts. */
  async *#all(since: number): AsyncGenerator<readonly [Teller, readonly Kept[]]> {
    const chains = await this.#chainsSince(since);
    keepOnly(this.#chains, new Set(chains.map(({ name }) => name)));
    for (const { name, files } of chains) {
      const chain = this.#chains.get(name) ?? new ChainReader(name);
      this.#chains.set(name, chain);
      for await (const some of chain.read(files)) yield ['trail', some];
    }
    const folder = join(this.#dir.path, JOURNALS);
    const names = await journalsIn(folder);
    keepOnly(this.#journals, new Set(names));
    for (const name of names) {
      const pid = Number(JOURNAL_NAME.exec(name)?.[2]);
      const journal = this.#journals.get(name) ?? new JournalReader(join(folder, name), pid);
      this.#journals.set(name, journal);
      for await (const some of journal.read()) yield ['journal', some];
    }
  }

  /** The chains with files that were written since then, and of each those files. */
  async #chainsSince(since: number): Promise<ChainFiles[]> {
    const audit = auditDirectory(this.#dir);
    const chains = existsSync(audit) && isDirectory(audit) ? chainsIn(audit) : [];
    const recent: ChainFiles[] = [];
    for (const { name, files } of chains) {
      const written = await Promise.all(files.map((file) => this.#isSince(file, since)));
      if (written.includes(true)) recent.push({ name, files: files.filter((_, at) => written[at]) });
    }
    return recent;
  }

  async #isSince(file: string, since: number): Promise<boolean> {
    if (this.#old.has(file)) return false;
    const found = await stat(file).catch(() => undefined);
    if (found === undefined) return false;
    if (found.mtimeMs < since) this.#old.add(file);
    return found.mtimeMs >= since;
  }
}

/** Oldest first; none where there is no such folder yet. */
async function journalsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => JOURNAL_NAME.test(name)).toSorted((a, b) => (a < b ? -1 : 1));
}

function keepOnly(readers: Map<string, unknown>, names: ReadonlySet<string>): void {
  for (const name of readers.keys()) if (!names.has(name)) readers.delete(name);
}
