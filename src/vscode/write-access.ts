import type { WorkspaceConfiguration } from 'vscode';
import type { Policy } from '../gateway/policy.ts';
import type { StoredEnvironment } from './environments.ts';

/** How long "Allow writes" lasts. */
export const WRITE_MINUTES = 15;

/** Decides whether the active environment may be written to: production only after a person has allowed it. */
export class WriteAccess {
  readonly #settings: () => Pick<WorkspaceConfiguration, 'get'>;
  readonly #until = new Map<string, number>();

  constructor(settings: () => Pick<WorkspaceConfiguration, 'get'>) {
    this.#settings = settings;
  }

  /** Allows writes to an environment for 15 minutes. */
  allow({ id }: StoredEnvironment): void {
    this.#until.set(id, Date.now() + WRITE_MINUTES * 60_000);
  }

  policy(environment: StoredEnvironment | undefined): Policy {
    if (this.#settings().get<boolean>('readOnly') === true) {
      return {
        readOnly: {
          reason: 'the setting workos.readOnly is on',
          hint: 'If the change is wanted, the person can turn the setting workos.readOnly off.',
        },
      };
    }
    if (environment?.kind !== 'production' || this.#allowed(environment)) return {};
    return {
      readOnly: {
        reason: 'a production environment is read-only until a person allows writes',
        hint: `If the change is wanted, the person can run "WorkOS: Allow Writes for ${WRITE_MINUTES} Minutes".`,
      },
    };
  }

  #allowed({ id }: StoredEnvironment): boolean {
    if (this.#settings().get<boolean>('production.allowWrites') === true) return true;
    return (this.#until.get(id) ?? 0) > Date.now();
  }
}
