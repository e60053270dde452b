import { type BigIntStats, lstatSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import { type StateDir, syncDirectory } from './state-dir.ts';
import { codeOf, StateError } from './state-error.ts';

/** While this file is there, whatever it holds, everything is stopped: nothing about it can be half written. */
const STOPPED = 'stopped.json';
/** The file of the last stop that was lifted. It tells a process that slept through one that there was one. */
const RESUMED = 'resumed.json';

/** Whether tools may run in the processes of this user. */
export type SwitchState = { readonly stopped: false } | Stopped;

export interface Stopped {
  readonly stopped: true;
  readonly at: Date;
  /** Who stopped it, where the file says so. */
  readonly by?: string;
  /** Why it counts as stopped though nobody stopped it. For the person only: names the directory. */
  readonly problem?: string;
}

/** The one switch of all processes of this user. */
export interface KillSwitch {
  /** As it is now: looks at the disk each time, so that no missed event lets a call through. */
  state(): SwitchState;
  /** Stops everything; false when it was stopped before. Throws StateError when it can't. */
  kill(by: string): boolean;
  /** Lets everything run again; false when it ran before. Throws StateError when it can't. */
  resume(): boolean;
  /** Tells of each change, whichever process made it, until the function it returns is called. */
  onChange(listener: (state: SwitchState) => void): () => void;
  /** Ends watching. */
  close(): void;
}

const stopSchema = z
  .object({ at: z.iso.datetime().optional(), by: z.string().max(200).optional() })
  .catch({});

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
    kill: (by) => {
      const done = writeStop(dir, by);
      refresh();
      return done;
    },
    resume: () => {
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

interface Look {
  readonly state: SwitchState;
  /** Changes whenever anything about the switch does. */
  readonly mark: string;
  /** Changes with each stop that was lifted. */
  readonly missed: string;
}

function look(dir: StateDir): Look {
  const problem = dir.problem();
  if (problem !== undefined) return unreadable(problem);
  try {
    const stop = statOf(join(dir.path, STOPPED));
    const missed = markOf(statOf(join(dir.path, RESUMED)));
    if (stop === undefined) return { state: { stopped: false }, mark: missed, missed };
    return { state: describe(dir, stop), mark: `${markOf(stop)} ${missed}`, missed };
  } catch (thrown) {
    return unreadable(`The kill switch in ${dir.path} can't be read (${codeOf(thrown)}).`);
  }
}

function unreadable(problem: string): Look {
  return { state: { stopped: true, at: new Date(), problem }, mark: problem, missed: problem };
}

/** Not of what a link points to: a link that leads nowhere is there all the same. */
function statOf(path: string): BigIntStats | undefined {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false });
}

function markOf(stat: BigIntStats | undefined): string {
  return stat === undefined ? '' : `${stat.ino} ${stat.mtimeNs}`;
}

/** What the file says of the stop; it need not say anything. */
function describe(dir: StateDir, stat: BigIntStats): Stopped {
  const { at, by } = said(dir);
  return {
    stopped: true,
    at: at === undefined ? new Date(Number(stat.mtimeMs)) : new Date(at),
    ...(by !== undefined && { by }),
  };
}

function said(dir: StateDir): z.infer<typeof stopSchema> {
  try {
    return dir.read(STOPPED, stopSchema);
  } catch {
    return {};
  }
}

function writeStop(dir: StateDir, by: string): boolean {
  // A directory that can't be trusted counts as stopped already.
  if (dir.problem() !== undefined) return false;
  dir.ensure();
  const file = join(dir.path, STOPPED);
  try {
    const text = `${JSON.stringify({ at: new Date().toISOString(), by })}\n`;
    writeFileSync(file, text, { flag: 'wx', mode: 0o600, flush: true });
    syncDirectory(dir.path);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    // On a full disk the file may be there, though empty: that is enough.
    if (statOf(file) !== undefined) return true;
    throw new StateError(`Can't write ${file} (${codeOf(thrown)}).`, { cause: thrown });
  }
}

function liftStop(dir: StateDir): boolean {
  const problem = dir.problem();
  if (problem !== undefined) throw new StateError(problem);
  const file = join(dir.path, STOPPED);
  try {
    renameSync(file, join(dir.path, RESUMED));
    syncDirectory(dir.path);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return false;
    throw new StateError(`Can't remove ${file} (${codeOf(thrown)}).`, { cause: thrown });
  }
}
