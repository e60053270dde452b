import type { AppError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import type { Lookout } from '../shared/lookout.ts';
import { shortLine } from '../shared/text.ts';
import { type KillSwitch, stoppedError } from './kill-switch.ts';
import { KnownDecoys } from './known-decoys.ts';
import type { StateDir } from './state-dir.ts';
import type { Sighting } from './switch-file.ts';

const LONGEST_NAME = 60;

export interface HoneypotOptions {
  readonly dir: StateDir;
  readonly killSwitch: Pick<KillSwitch, 'kill' | 'state'>;
  readonly logger: Logger;
  /** Told of each sighting, once everything is stopped; for whoever keeps records. */
  readonly sighted: (sighting: Sighting) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** Puts decoys on the disk where there are none, and stops everything when one is seen, of those that this process knows. */
export function createHoneypot({
  dir,
  killSwitch,
  logger,
  sighted,
  now = () => performance.now(),
}: HoneypotOptions): Lookout {
  const decoys = new KnownDecoys(dir, logger, now);
  // A thief may look before the first request comes.
  decoys.current();
  let broken: AppError | undefined;

  /** A thief may call itself by what it stole. */
  const nameOf = (by: string) => (decoys.find(by) === undefined ? shortLine(by, LONGEST_NAME) : 'somebody');
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
      const decoy = decoys.find(text);
      return decoy && stopAll({ decoy, where, ...(by !== undefined && { by: nameOf(by) }) });
    },
    decoyKey: () => decoys.current().key.text,
  };
}

/** A sighting in one sentence, for logs, records and terminals. */
export function describeSighting({ decoy, where, by }: Sighting): string {
  const place = by === undefined ? where : `${where}, from ${by}`;
  return decoy === 'key'
    ? `The decoy API key was seen in ${place}: something reached into the process of the tools.`
    : `The decoy connection token was seen in ${place}: something read the state directory.`;
}
