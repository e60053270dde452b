import { randomUUID } from 'node:crypto';
import { type BigIntStats, linkSync, lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { placeFile } from './place-file.ts';
import { type StateDir, syncDirectory } from './state-dir.ts';
import { codeOf, StateError } from './state-error.ts';

/** While this file is there, whatever it holds, everything is stopped. */
const STOPPED = 'stopped.json';
/** The file of the last stop that was lifted. It tells a process that slept through one that there was one. */
const RESUMED = 'resumed.json';
/** The file of a stop once more, until it is lifted: one that was only removed has happened all the same. */
const HELD = 'last-stop.json';

/** A decoy that was seen: which, where in our own words, and by whom where that is known. Never the decoy itself. */
export interface Sighting {
  readonly decoy: 'key' | 'token';
  readonly where: string;
  /** As a client calls itself, or a person's surface in parentheses. */
  readonly by?: string | undefined;
}

/** Whether tools may run in the processes of this user. */
export type SwitchState = { readonly stopped: false } | Stopped;

export interface Stopped {
  readonly stopped: true;
  readonly at: Date;
  /** Who stopped it, where the file says so. */
  readonly by?: string;
  /** Set when a decoy was seen, before or since. */
  readonly sighting?: Sighting;
  /** Why it counts as stopped though nobody stopped it. For the person only: names the directory. */
  readonly problem?: string;
}

const stopSchema = z
  .object({
    at: z.iso.datetime().optional(),
    by: z.string().max(200).optional(),
    sighting: z
      .object({
        decoy: z.enum(['key', 'token']),
        where: z.string().max(200),
        by: z.string().max(200).optional(),
      })
      .optional()
      .catch(undefined),
  })
  .catch({});

/** The switch as it is on the disk. */
export interface Look {
  readonly state: SwitchState;
  /** Changes whenever anything about the switch does. */
  readonly mark: string;
  /** Changes with each stop that was lifted. */
  readonly missed: string;
}

/** Looks at the disk; what can't be read counts as stopped. */
export function look(dir: StateDir): Look {
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

/** The last stop: its mark is another one from the first moment of each stop on, so what was handed out before can be told from what came after. Throws when it can't be looked at. */
export function lastStop(dir: StateDir): { readonly stopped: boolean; readonly mark: string } {
  const stop = statOf(join(dir.path, STOPPED));
  // Lifting a stop keeps its file and the time of it.
  const last = stop ?? statOf(join(dir.path, HELD)) ?? statOf(join(dir.path, RESUMED));
  return { stopped: stop !== undefined, mark: last === undefined ? '' : String(last.mtimeNs) };
}

/** The mark of the stop before the one that holds; `undefined` while nothing is stopped. Throws as `lastStop` does. */
export function stopBefore(dir: StateDir): string | undefined {
  if (statOf(join(dir.path, STOPPED)) === undefined) return undefined;
  const lifted = statOf(join(dir.path, RESUMED));
  return lifted === undefined ? '' : String(lifted.mtimeNs);
}

/** The mark of the last stop if a decoy was seen, so that lifting it brought other decoys; `undefined` for any other. Throws as `lastStop` does. */
export function lastQuarantine(dir: StateDir): string | undefined {
  const { stopped, mark } = lastStop(dir);
  return said(dir, stopped ? STOPPED : RESUMED).sighting && mark;
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
  const { at, by, sighting } = said(dir, STOPPED);
  return {
    stopped: true,
    at: at === undefined ? new Date(Number(stat.mtimeMs)) : new Date(at),
    ...(by !== undefined && { by }),
    ...(sighting && { sighting }),
  };
}

function said(dir: StateDir, name: string): z.infer<typeof stopSchema> {
  try {
    return dir.read(name, stopSchema);
  } catch {
    return {};
  }
}

/** Stops; false when it was stopped before, to which a sighting is added. */
export function writeStop(dir: StateDir, by: string, sighting?: Sighting): boolean {
  // A directory that can't be trusted counts as stopped already.
  if (dir.problem() !== undefined) return false;
  dir.ensure();
  const file = join(dir.path, STOPPED);
  try {
    placeFile(file, textOf({ at: new Date().toISOString(), by, sighting }));
    hold(dir);
    syncDirectory(dir.path);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') {
      if (sighting !== undefined) addSighting(dir, by, sighting);
      return false;
    }
    if (statOf(file) === undefined)
      throw new StateError(`Can't write ${file} (${codeOf(thrown)}).`, { cause: thrown });
    // On a full disk the file may be there, though empty: that is enough.
    hold(dir);
    return true;
  }
}

/** Keeps a stop from being undone by removing its file. It stops all the same where that can't be. */
function hold(dir: StateDir): void {
  try {
    rmSync(join(dir.path, HELD), { force: true });
    linkSync(join(dir.path, STOPPED), join(dir.path, HELD));
  } catch {
    // A disk without links, or one that is full.
  }
}

/** Makes a stop the quarantine it has become, so that lifting it is one. Who stopped it first stays; where it was lifted at this moment, it is stopped again. */
function addSighting(dir: StateDir, by: string, sighting: Sighting): void {
  const { state } = look(dir);
  if (state.stopped && (state.sighting !== undefined || state.problem !== undefined)) return;
  const stop = state.stopped ? { at: state.at.toISOString(), by: state.by } : { by };
  const file = join(dir.path, STOPPED);
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(draft, textOf({ ...stop, sighting }), { flag: 'wx', mode: 0o600, flush: true });
    renameSync(draft, file);
    hold(dir);
    syncDirectory(dir.path);
  } catch (thrown) {
    throw new StateError(`Can't write the sighting into ${file} (${codeOf(thrown)}).`, { cause: thrown });
  } finally {
    rmSync(draft, { force: true });
  }
}

function textOf(stop: z.infer<typeof stopSchema>): string {
  return `${JSON.stringify(stop)}\n`;
}

/** Lifts a stop; false when there was none. */
export function liftStop(dir: StateDir): boolean {
  const problem = dir.problem();
  if (problem !== undefined) throw new StateError(problem);
  const file = join(dir.path, STOPPED);
  try {
    renameSync(file, join(dir.path, RESUMED));
    rmSync(join(dir.path, HELD), { force: true });
    syncDirectory(dir.path);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return false;
    throw new StateError(`Can't remove ${file} (${codeOf(thrown)}).`, { cause: thrown });
  }
}
