import { openStateDir } from '../access/state-dir.ts';
import type { Actor, AuditEvents } from '../audit/events.ts';
import { streamLogger } from '../shared/logger.ts';
import { openCliTrail, passphraseIsMissing } from './audit-trail.ts';
import { printError } from './process.ts';

/** Who does what the command line does. */
export const AT_TERMINAL: Actor = { kind: 'person', surface: 'terminal' };

export interface RecordDone {
  /** The command, as the chain's first record names it. */
  readonly command: string;
  /** What to do where the vault takes a passphrase that nobody gave: ask at the terminal, or go on with the key file, or record nothing. */
  readonly locked: 'ask' | 'key-file' | 'skip';
}

/** Records what a command did, once it is done, in a chain of its own. It never fails: what was done is done, and standard error says why there is no record of it. */
export async function recordDone(
  { command, locked }: RecordDone,
  tell: (events: AuditEvents) => Promise<void>,
): Promise<void> {
  if (locked === 'skip' && passphraseIsMissing(openStateDir())) return;
  try {
    const logger = streamLogger(process.stderr);
    const { trail, events } = await openCliTrail({ command, policy: {}, logger, ask: locked === 'ask' });
    await tell(events);
    await trail.close();
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    printError(`workos-mcp: this is not in the audit trail: ${why}`);
  }
}
