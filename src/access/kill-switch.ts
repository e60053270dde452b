import { AppError } from '../shared/errors.ts';
import { renewDecoys } from './decoys.ts';
import type { StateDir } from './state-dir.ts';
import { liftStop, look, type Sighting, type Stopped, type SwitchState, writeStop } from './switch-file.ts';

export type { Sighting, Stopped, SwitchState } from './switch-file.ts';

/** The one switch of all processes of this user. */
export interface KillSwitch {
  /** As it is now: looks at the disk each time, so that no missed event lets a call through. */
  state(): SwitchState;
  /** Stops everything, by a person or because of a decoy; false when it was stopped before. Throws StateError when it can't. */
  kill(by: string, sighting?: Sighting): boolean;
  /** Lets everything run again, with other decoys if one was seen; false when it ran before. Throws StateError when it can't. */
  resume(): boolean;
  /** Tells of each change, whichever process made it, until the function it returns is called. */
  onChange(listener: (state: SwitchState) => void): () => void;
  /** Ends watching. */
  close(): void;
}

/** The switch in a state directory. A stop that came and went unseen is told of as a stop and a resume. */
export function createKillSwitch(dir: StateDir): KillSwitch {
  const listeners = new Set<(state: SwitchState) => void>();
  let unwatch: (() => void) | undefined;
  let seen = look(dir);

  const tell = (state: SwitchState) => {
    for (const listener of listeners) {
      try {
        listener(state);
      } catch (thrown) {
        // Whoever fails must not keep the others running.
        process.emitWarning(thrown instanceof Error ? thrown : String(thrown));
      }
    }
  };
  const refresh = (): SwitchState => {
    const before = seen;
    const now = look(dir);
    if (now.mark === before.mark) return before.state;
    seen = now;
    if (now.missed !== before.missed && !before.state.stopped && !now.state.stopped)
      tell({ stopped: true, at: new Date() });
    if (now.state.stopped !== before.state.stopped || now.missed !== before.missed) tell(now.state);
    return now.state;
  };
  return {
    state: refresh,
    kill: (by, sighting) => {
      const done = writeStop(dir, by, sighting);
      refresh();
      return done;
    },
    resume: () => {
      const { state } = look(dir);
      if (state.stopped && state.sighting !== undefined) renewDecoys(dir);
      const done = liftStop(dir);
      refresh();
      return done;
    },
    onChange: (listener) => {
      unwatch ??= dir.watch(refresh);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      unwatch?.();
      unwatch = undefined;
      listeners.clear();
    },
  };
}

/** The error a call ends with while everything is stopped. */
export function stoppedError({ at, problem }: Stopped): AppError {
  return new AppError({
    code: 'STOPPED',
    message:
      problem === undefined
        ? `WorkOS MCP was stopped by the kill switch at ${at.toISOString()}.`
        : 'The kill switch can not be read, which counts as stopped.',
    hint: 'Do not try again. Only the person can lift this: by "workos-mcp resume" in a terminal, or by Resume in VS Code.',
  });
}
