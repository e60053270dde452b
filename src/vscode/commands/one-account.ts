import type { Accounts } from '../environments/accounts.ts';
import type { Environments } from '../environments/environments.ts';

/**
 * What a command with several calls works with: it takes the active environment once and stays there, whatever is
 * switched to meanwhile. Calls that follow the switch are out of its reach.
 */
export interface OneAccount {
  readonly accounts: Pick<Accounts, 'at'>;
  readonly environments: Pick<Environments, 'active'>;
}
