import type { AppError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import type { Lookout } from '../shared/lookout.ts';
import { shortLine } from '../shared/text.ts';
import { type Decoys, decoysMark, keepDecoys, newDecoys } from './decoys.ts';
import { decoyFinder } from './find-decoys.ts';
import { type KillSwitch, stoppedError } from './kill-switch.ts';
import type { StateDir } from './state-dir.ts';
import { lastQuarantine, type Sighting } from './switch-file.ts';

const LONGEST_NAME = 60;
/** So many decoys that were changed by somebody are still looked for. */
const MOST_FORMER = 10;

export interface HoneypotOptions {
  readonly dir: StateDir;
  readonly killSwitch: Pick<KillSwitch, 'kill' | 'state'>;
  readonly logger: Logger;
  /** Told of each sighting, once everything is stopped; for whoever keeps records. */
  readonly sighted: (sighting: Sighting) => void;
}

/** Stops everything when a decoy is seen. The decoys are made when first needed, and looked up again whenever their file changes; those that somebody changed without a resume are looked for as well. */
export function createHoneypot({ dir, killSwitch, logger, sighted }: HoneypotOptions): Lookout {
  let decoys: Decoys = newDecoys();
  let find = decoyFinder(decoys);
  let former: readonly (typeof find)[] = [];
  let mark: string | undefined;
  let kept = false;
  let quarantine: string | undefined;
  let broken: AppError | undefined;

  const refresh = () => {
    const now = markOf(dir);
    if (now === mark) return;
    mark = now;
    try {
      const found = keepDecoys(dir, decoys);
      const last = lastQuarantine(dir);
      mark = markOf(dir);
      if (found.token.text !== decoys.token.text) {
        const renewed = last !== undefined && last !== quarantine;
        if (kept && !renewed)
          logger.warn('The decoys were changed by something other than a resume: both are looked for.');
        former = renewed ? [] : [...former, find].slice(0, MOST_FORMER);
        decoys = found;
        find = decoyFinder(decoys);
      }
      kept = true;
      quarantine = last;
    } catch (thrown) {
      // Those in memory are as good, but for the file.
      logger.warn(`no decoy on the disk: ${String(thrown)}`);
    }
  };
  const findAny = (text: string) => {
    for (const each of [find, ...former]) {
      const decoy = each(text);
      if (decoy !== undefined) return decoy;
    }
    return undefined;
  };
  /** A thief may call itself by what it stole. */
  const nameOf = (by: string) => (findAny(by) === undefined ? shortLine(by, LONGEST_NAME) : 'somebody');
  const stopAll = (sighting: Sighting): AppError => {
    logger.error(describeSighting(sighting));
    try {
      killSwitch.kill('the honeypot', sighting);
    } catch (thrown) {
      logger.error(`everything could not be stopped: ${String(thrown)}`);
    }
    tell(sighting);
    const state = killSwitch.state();
    if (state.stopped) return stoppedError(state);
    // What can't be stopped for all is stopped for this process.
    broken = stoppedError({ stopped: true, at: new Date() });
    return broken;
  };
  const tell = (sighting: Sighting) => {
    try {
      sighted(sighting);
    } catch (thrown) {
      logger.error(`a sighting could not be recorded: ${String(thrown)}`);
    }
  };
  return {
    look: (text, where, by) => {
      if (broken !== undefined) return broken;
      refresh();
      const decoy = findAny(text);
      return decoy && stopAll({ decoy, where, ...(by !== undefined && { by: nameOf(by) }) });
    },
    decoyKey: () => {
      refresh();
      return decoys.key.text;
    },
  };
}

/** A sighting in one sentence, for logs, records and terminals. */
export function describeSighting({ decoy, where, by }: Sighting): string {
  const place = by === undefined ? where : `${where}, from ${by}`;
  return decoy === 'key'
    ? `The decoy API key was seen in ${place}: something reached into the process of the tools.`
    : `The decoy connection token was seen in ${place}: something read the state directory.`;
}

function markOf(dir: StateDir): string {
  try {
    return decoysMark(dir);
  } catch {
    return 'unreadable';
  }
}
