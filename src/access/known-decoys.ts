import type { Logger } from '../shared/logger.ts';
import { type Decoys, decoysMark, keepDecoys, newDecoys } from './decoys.ts';
import { decoyFinder } from './find-decoys.ts';
import type { StateDir } from './state-dir.ts';
import { codeOf, StateError } from './state-error.ts';
import { lastQuarantine, type Sighting } from './switch-file.ts';

/** So many decoys that somebody changed are still looked for. */
const MOST_FORMER = 10;
/** Every request looks for decoys several times, and looking whether their file changed is most of its cost. */
const FRESH_MS = 250;

/** The decoys a process knows: those in the file, and those that were there before, unless a resume brought others. */
export class KnownDecoys {
  readonly #dir: StateDir;
  readonly #logger: Logger;
  #decoys: Decoys = newDecoys();
  #find = decoyFinder(this.#decoys);
  #former: readonly ReturnType<typeof decoyFinder>[] = [];
  readonly #now: () => number;
  #mark: string | undefined;
  #freshUntil = Number.NEGATIVE_INFINITY;
  #quarantine: string | undefined;
  /** True once they were in the file. */
  #kept = false;

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(dir: StateDir, logger: Logger, now: () => number) {
    this.#dir = dir;
    this.#logger = logger;
    this.#now = now;
  }

  /** The ones in the file. They are made where there are none, and looked up again whenever it changes. */
  current(): Decoys {
    this.#refresh();
    return this.#decoys;
  }

  /** Which of them is in a text; of those that came into the file in the last moments it may know none. */
  find(text: string): Sighting['decoy'] | undefined {
    if (this.#now() >= this.#freshUntil) this.#refresh();
    if (this.#known(text) === undefined) return undefined;
    // A resume may have brought others a moment ago.
    this.#refresh();
    return this.#known(text);
  }

  #refresh(): void {
    this.#freshUntil = this.#now() + FRESH_MS;
    const now = markOf(this.#dir);
    if (now === this.#mark) return;
    this.#mark = now;
    try {
      const found = keepDecoys(this.#dir, this.#decoys);
      this.#mark = markOf(this.#dir);
      this.#take(found, lastQuarantine(this.#dir));
    } catch (thrown) {
      // Those in memory are as good, but for the file.
      this.#logger.warn(`the decoy connection token could not be put on the disk${reasonOf(thrown)}`);
    }
  }

  #known(text: string): Sighting['decoy'] | undefined {
    for (const find of [this.#find, ...this.#former]) {
      const decoy = find(text);
      if (decoy !== undefined) return decoy;
    }
    return undefined;
  }

  #take(found: Decoys, quarantine: string | undefined): void {
    if (found.token.text !== this.#decoys.token.text) {
      const renewed = quarantine !== undefined && quarantine !== this.#quarantine;
      if (this.#kept && !renewed)
        this.#logger.warn('The decoys were changed by something other than a resume: both are looked for.');
      this.#former = renewed ? [] : [...this.#former, this.#find].slice(0, MOST_FORMER);
      this.#decoys = found;
      this.#find = decoyFinder(found);
    }
    this.#kept = true;
    this.#quarantine = quarantine;
  }
}

/** In words that name no file: a log must not tell which one is the decoy. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof StateError && thrown.cause === undefined) return `: ${thrown.message}`;
  return ` (${codeOf(thrown instanceof StateError ? thrown.cause : thrown)}).`;
}

function markOf(dir: StateDir): string {
  try {
    return decoysMark(dir);
  } catch {
    return 'unreadable';
  }
}
