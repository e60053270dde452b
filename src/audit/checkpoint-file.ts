import { join } from 'node:path';
import { canonical } from './canonical.ts';
import type { Written } from './chain-writer.ts';
import { checkpointDirectory, makePrivate, writeWhole } from './directories.ts';
import { CHECKPOINT_TYPE, FORMAT_VERSION } from './format.ts';

/** Keeps a record in a file of its own, which shows when its chain loses its end. Throws StateError when it can't. */
export function keepCheckpoint(audit: string, written: Written, name: string): void {
  const directory = checkpointDirectory(audit);
  makePrivate(directory);
  const text = canonical({ v: FORMAT_VERSION, type: CHECKPOINT_TYPE, ...written });
  writeWhole(join(directory, `${name}.json`), `${text}\n`);
}
