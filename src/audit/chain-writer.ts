import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ChainFile, createChainFile } from './chain-file.ts';
import { checkpointDirectory, makePrivate, writeWhole } from './directories.ts';
import { type AuditRecord, type Body, CHECKPOINT_TYPE, FORMAT_VERSION, NO_HASH } from './format.ts';
import { canonical } from './canonical.ts';
import type { MasterKey } from './master-key.ts';
import { type Draft, lineOf, type Place, seal } from './seal.ts';
import { isOver, newSessionKey, type SigningKey } from './session-key.ts';

const PART_DIGITS = 4;

export interface WriterOptions {
  /** The directory of audit files. */
  readonly audit: string;
  readonly master: MasterKey;
  /** What `start` and `continue` records say of this process. */
  readonly about: () => Body;
  /** A file that has so many bytes, or is so many milliseconds old, is followed by another. */
  readonly fileBytes: number;
  readonly fileMs: number;
  readonly sessionMs: number;
  readonly now: () => Date;
}

/** The one writer of one chain. What it throws are errors of the system: nothing was added then. */
export interface ChainWriter {
  readonly chainId: string;
  /** The directory of audit files. */
  readonly audit: string;
  /** The file that is written now. */
  file(): string;
  /** Number of the next record. */
  seq(): number;
  /** Adds a record, first moving to another file or key where it is time to. */
  write(draft: Draft): AuditRecord;
  /** Resolves once what was written survives a loss of power. */
  sync(): Promise<void>;
  /** Keeps this record, the chain's last, in a file of its own that shows when the chain loses its end. */
  keepCheckpoint(record: AuditRecord, name?: string): void;
  close(): void;
}

/** Starts a chain: makes its first file and writes the `start` record. */
export function startChain(options: WriterOptions): ChainWriter {
  const { audit, master, about, now } = options;
  const chainId = randomUUID();
  const stem = `${now().toISOString().replace(/[-:.]/gu, '')}-${process.pid}-${randomBytes(4).toString('hex')}`;
  let place: Place = { chainId, seq: 0, prevHash: NO_HASH };
  let part = 0;

  const sealed = (draft: Draft, key: SigningKey) => seal(draft, place, key, now());
  const add = (record: AuditRecord, file: ChainFile) => {
    file.append(lineOf(record));
    place = { chainId, seq: record.seq + 1, prevHash: record.hash };
    return record;
  };
  const newKey = () => newSessionKey(master, chainId, now(), options.sessionMs);
  const withKey = ({ certificate }: SigningKey, body: Body): Body => ({ ...body, certificate: { ...certificate } });
  /** Makes a file and its first record, or neither. */
  const begin = (kind: 'start' | 'continue', key: SigningKey, more: Body) => {
    const name = `${stem}-${String(part + 1).padStart(PART_DIGITS, '0')}.jsonl`;
    const file = createChainFile(join(audit, name), audit);
    try {
      add(sealed({ kind, body: withKey(key, { ...about(), ...more }) }, key), file);
    } catch (thrown) {
      file.close();
      rmSync(file.path, { force: true });
      throw thrown;
    }
    part += 1;
    return { file, since: now().getTime() };
  };

  makePrivate(audit);
  let session = newKey();
  let current = begin('start', session, {});

  const isFull = () =>
    current.file.size >= options.fileBytes || now().getTime() - current.since >= options.fileMs;
  const moveOn = () => {
    const before = current;
    const key = isOver(session, now()) ? newKey() : session;
    const { seq, prevHash } = place;
    const previous = { file: basename(before.file.path), seq: seq - 1, hash: prevHash };
    current = begin('continue', key, { previous });
    session = key;
    // A lost flush shows at the next one of the new file; the old one is closed when it is done.
    void before.file.sync().catch(() => undefined).finally(() => before.file.close());
  };
  const renewKey = () => {
    const key = newKey();
    add(sealed({ kind: 'key-rotation', body: withKey(key, {}) }, key), current.file);
    session = key;
  };
  return {
    chainId,
    audit,
    seq: () => place.seq,
    file: () => current.file.path,
    write: (draft) => {
      if (isFull()) moveOn();
      if (isOver(session, now())) renewKey();
      return add(sealed(draft, session), current.file);
    },
    sync: () => current.file.sync(),
    keepCheckpoint: (record, name = chainId) => {
      const directory = checkpointDirectory(audit);
      makePrivate(directory);
      const { certificate } = session;
      const text = canonical({ v: FORMAT_VERSION, type: CHECKPOINT_TYPE, certificate, record });
      writeWhole(join(directory, `${name}.json`), `${text}\n`);
    },
    close: () => current.file.close(),
  };
}
