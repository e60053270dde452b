import { basename } from 'node:path';
import { createChainFiles } from './chain-files.ts';
import { makePrivate } from './directories.ts';
import type { AuditRecord, Body, Certificate } from './format.ts';
import type { MasterKey } from './master-key.ts';
import type { Draft } from './seal.ts';
import { isOver, newSessionKey, type SigningKey } from './session-key.ts';

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

/** A record, and the certificate of the key that signed it. */
export interface Written {
  readonly record: AuditRecord;
  readonly certificate: Certificate;
}

/** The one writer of one chain. What it throws are errors of the system: nothing was added then. */
export interface ChainWriter {
  readonly chainId: string;
  readonly audit: string;
  /** The master key that certifies its keys. */
  readonly master: MasterKey;
  /** The file that is written now. */
  file(): string;
  /** Number of the next record. */
  seq(): number;
  /** Adds a record, first moving to another file or key where it is time to. */
  write(draft: Draft): Written;
  /** Resolves once what was written survives a loss of power. */
  sync(): Promise<void>;
  close(): void;
}

/** Starts a chain: makes its first file and writes the `start` record. */
export function startChain(options: WriterOptions): ChainWriter {
  const { audit, master, about, now } = options;
  makePrivate(audit);
  const files = createChainFiles(audit, now);
  const { chainId } = files;
  const newKey = () => newSessionKey(master, chainId, now(), options.sessionMs);
  let key: SigningKey = newKey();
  let file = files.begin('start', key, about());
  let since = now().getTime();
  /** The flush of the file before this one. */
  let finishing: Promise<void> = Promise.resolve();

  const moveOn = () => {
    const next = isOver(key, now()) ? newKey() : key;
    const { seq, prevHash } = files.place();
    const previous = { file: basename(file.path), seq: seq - 1, hash: prevHash };
    const before = file;
    makePrivate(audit);
    file = files.begin('continue', next, { ...about(), previous });
    since = now().getTime();
    key = next;
    finishing = before
      .sync()
      .catch(() => undefined)
      .finally(() => before.close());
  };
  const renewKey = () => {
    const next = newKey();
    files.add({ kind: 'key-rotation', body: { certificate: { ...next.certificate } } }, next, file);
    key = next;
  };
  return {
    chainId,
    audit,
    master,
    seq: () => files.place().seq,
    file: () => file.path,
    write: (draft) => {
      if (!file.isOurs() || file.size >= options.fileBytes || now().getTime() - since >= options.fileMs)
        moveOn();
      if (isOver(key, now())) renewKey();
      return { record: files.add(draft, key, file), certificate: key.certificate };
    },
    sync: async () => {
      await Promise.all([finishing, file.sync()]);
    },
    close: () => file.close(),
  };
}
