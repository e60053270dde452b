import { existsSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, sep } from 'node:path';
import type { StateDir } from '../access/state-dir.ts';
import { shortLine } from '../shared/text.ts';
import { type ClientEntry, mentionsUs, ownEntries } from './client-entries.ts';
import { type ClientFile, clientFiles, type Places } from './client-files.ts';
import { tokenFaults } from './client-tokens.ts';
import type { Fault, Verdict } from './finding.ts';
import { readPlainFile } from './read-plain-file.ts';

/** Of a configuration file; a project is anybody's, and so are its files. */
const MOST_BYTES = 2 * 1024 * 1024;

/** Looks into the configurations of known MCP clients: whether what they start is there, no key is written in them, and their tokens are good. */
export function checkClients(places: Places, dir: StateDir): Verdict[] {
  const found = clientFiles(places).flatMap((file) => verdictsOn(file, places, dir));
  if (found.length > 0) return found;
  return [{ status: 'skip', found: 'no configuration of a client we know names workos-mcp' }];
}

function verdictsOn(file: ClientFile, places: Places, dir: StateDir): Verdict[] {
  const read = readPlainFile(file.path, MOST_BYTES);
  if (read === undefined) return [];
  const where = `${file.client} (${file.path})`;
  if (read === 'unfit')
    return [{ status: 'skip', found: `${where} is no file, or one too large to be looked at` }];
  const { text } = read;
  try {
    return ownEntries(text, file).flatMap((entry): Verdict[] => {
      const faults = [
        ...commandFaults(entry, places),
        ...keyFaults(entry, file),
        ...tokenFaults(entry, { shared: isInProject(file, places), dir }),
      ];
      const name = `${where}, "${shortLine(entry.name, 40)}"`;
      if (faults.length === 0) return [{ status: 'ok', found: name }];
      return faults.map(({ status, found, fix }) => ({ status, found: `${name}: ${found}`, fix }));
    });
  } catch {
    if (!mentionsUs(text)) return [];
    const fix = 'Correct it: a comma or a bracket is missing, or there is one too many.';
    return [{ status: 'fail', found: `${where} is not JSON, so the client starts nothing`, fix }];
  }
}

function commandFaults({ command, args }: ClientEntry, places: Places): Fault[] {
  if (command === undefined) return [];
  const faults: Fault[] = [];
  if (isAbsolute(command) && !existsSync(command))
    faults.push({ status: 'fail', found: `${command} does not exist`, fix: 'Correct "command".' });
  if (/^[\w.-]+$/u.test(command) && !isOnPath(command, places))
    faults.push({
      status: 'warn',
      found: `${command} is not on the PATH of this terminal`,
      fix: 'Write the whole path into "command".',
    });
  const gone = args.find((arg) => isAbsolute(arg) && /\.[cm]?js$/u.test(arg) && !existsSync(arg));
  if (gone !== undefined)
    faults.push({ status: 'fail', found: `${gone} does not exist`, fix: 'Correct "args".' });
  if (!args.some((arg) => arg === 'stdio' || arg === 'serve'))
    faults.push({ status: 'fail', found: 'no command is named', fix: 'Add "stdio" to the end of "args".' });
  return faults;
}

function keyFaults({ hasKey }: ClientEntry, { path, instead }: ClientFile): Fault[] {
  if (!hasKey) return [];
  const open = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
  const found = `an API key is written in it${open ? ', and other users of this machine may read it' : ''}`;
  return [{ status: 'warn', found, fix: instead }];
}

/** True for a file that goes with the project to others; in a home directory nothing does. */
function isInProject({ path }: ClientFile, { project, home }: Places): boolean {
  const isIn = (inner: string) => `${inner}${sep}`.startsWith(`${project}${sep}`);
  return isIn(path) && !isIn(home);
}

function isOnPath(command: string, { env, platform }: Places): boolean {
  const endings = platform === 'win32' ? ['', '.exe', '.cmd', '.bat'] : [''];
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => endings.some((ending) => existsSync(join(folder, `${command}${ending}`))));
}
