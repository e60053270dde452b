import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ChainFile, createChainFile } from './chain-file.ts';
import { type AuditRecord, type Body, NO_HASH } from './format.ts';
import { type Draft, type Place, seal } from './seal.ts';
import type { SigningKey } from './session-key.ts';
import { partName } from './verify/files.ts';

/** The files of a chain, one after the other, and the place it has come to. What its functions throw are errors of the system: nothing was added then. */
export interface ChainFiles {
  readonly chainId: string;
  /** Where the next record stands. */
  place(): Place;
  add(draft: Draft, key: SigningKey, file: ChainFile): AuditRecord;
  /** Makes the next file and its first record, or neither. */
  begin(kind: 'start' | 'continue', key: SigningKey, body: Body): ChainFile;
}

/** Names a new chain; no file is made before `begin`. */
export function createChainFiles(audit: string, now: () => Date): ChainFiles {
  const chainId = randomUUID();
  const start = now().toISOString().replace(/[-:.]/gu, '');
  const stem = `${start}-${process.pid}-${randomBytes(4).toString('hex')}`;
  let place: Place = { chainId, seq: 0, prevHash: NO_HASH };
  let part = 0;
  const add = (draft: Draft, key: SigningKey, file: ChainFile) => {
    const { record, line } = seal(draft, place, key, now());
    file.append(line);
    place = { chainId, seq: record.seq + 1, prevHash: record.hash };
    return record;
  };
  return {
    chainId,
    place: () => place,
    add,
    begin: (kind, { certificate, ...key }, body) => {
      const file = createChainFile(join(audit, partName(stem, part + 1)), audit);
      const draft = { kind, body: { ...body, certificate: { ...certificate } } };
      try {
        add(draft, { certificate, ...key }, file);
      } catch (thrown) {
        file.close();
        rmSync(file.path, { force: true });
        throw thrown;
      }
      part += 1;
      return file;
    },
  };
}
