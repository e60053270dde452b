import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { LockRefusal, requireLocked } from '../../lock/check.ts';
import { AppError } from '../../shared/errors.ts';

export interface LockGuardOptions {
  /** The pinned lockfile as the person wrote it in the setting. */
  readonly file: () => string | undefined;
  /** Called when nothing may be served any more, and when it may be again. */
  readonly changed: () => void;
}

/** Knows whether what this build offers is what was accepted: looked at when first asked, and when the pinned file changes. */
export class LockGuard {
  readonly #options: LockGuardOptions;
  #looked: { readonly key: string; readonly refusal: LockRefusal | undefined } | undefined;

  constructor(options: LockGuardOptions) {
    this.#options = options;
  }

  /** What the last look found; looks at nothing. */
  get known(): LockRefusal | undefined {
    return this.#looked?.refusal;
  }

  /** Why nothing may be served now. Takes some 20 ms the first time, and then next to nothing. */
  refusal(): LockRefusal | undefined {
    const file = this.#options.file();
    const key = stateOf(file);
    if (this.#looked?.key === key) return this.#looked.refusal;
    const before = this.known;
    const refusal = refusalOf(file);
    this.#looked = { key, refusal };
    if (refusal !== before) this.#options.changed();
    return refusal;
  }
}

/** The error of calls that are made nevertheless. The person is told what changed; agents need not know. */
export function lockMismatch(): AppError {
  return new AppError({
    code: 'LOCK_MISMATCH',
    message: 'What this build of WorkOS MCP offers is not what was accepted, so nothing is served.',
    hint: 'Ask the person to look at the error that WorkOS shows in VS Code. Do not call again until it is settled.',
  });
}

/** Changes when the file changes, or another one is named. */
function stateOf(file: string | undefined): string {
  if (file === undefined) return '';
  try {
    const { ino, mtimeNs, size } = statSync(expanded(file), { bigint: true });
    return `${file}\n${ino}\n${mtimeNs}\n${size}`;
  } catch {
    return `${file}\n`;
  }
}

function refusalOf(file: string | undefined): LockRefusal | undefined {
  const pinned = file && expanded(file);
  try {
    if (pinned !== undefined && !isAbsolute(pinned))
      throw new LockRefusal('the setting workos.lockFile needs an absolute path.', pinned, []);
    requireLocked({ pinned });
    return undefined;
  } catch (thrown) {
    if (thrown instanceof LockRefusal) return thrown;
    throw thrown;
  }
}

function expanded(file: string): string {
  return file.startsWith('~/') ? join(homedir(), file.slice(2)) : file;
}
