// Writes workos-mcp.lock from the source, so that a change of what clients are told is accepted knowingly. It needs no
// build and reads no lockfile: one that a merge left broken is written anew.
import { fileURLToPath } from 'node:url';
import { builtLock } from '../src/lock/built.ts';
import { LOCK_FILE, writeLock } from '../src/lock/file.ts';

writeLock(fileURLToPath(new URL(`../${LOCK_FILE}`, import.meta.url)), builtLock());
