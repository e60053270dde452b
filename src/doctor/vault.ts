import type { StateDir } from '../access/state-dir.ts';
import { hasVault, requirePassphrase, WrongPassphrase } from '../audit/key-files.ts';
import type { Verdict } from './finding.ts';

const FIX = 'Set WORKOS_MCP_PASSPHRASE to the passphrase the vault was made with.';

/** Tries the passphrase on the vault of the key that signs the audit trail; says nothing where there is no vault. */
export async function checkVault(dir: StateDir, passphrase: string): Promise<Verdict[]> {
  if (!hasVault(dir)) return [];
  if (passphrase === '') {
    const found = 'stays closed without WORKOS_MCP_PASSPHRASE: records are signed under the key file';
    return [{ status: 'warn', found, fix: FIX }];
  }
  try {
    await requirePassphrase(dir, passphrase);
    return [{ status: 'ok', found: 'opened by WORKOS_MCP_PASSPHRASE' }];
  } catch (thrown) {
    if (!(thrown instanceof WrongPassphrase)) throw thrown;
    return [{ status: 'fail', found: 'WORKOS_MCP_PASSPHRASE does not open it: no call runs', fix: FIX }];
  }
}
