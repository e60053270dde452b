// The packaged extension from inside the extension host.
import { join } from 'node:path';
import { startHostAccount } from '../harness/account.mts';
import { runInHost } from '../harness/in-host.mts';
import type { Suite } from '../harness/suite.mts';

export const suite: Suite = {
  run: async (context) => {
    const vsix = [await context.product()];
    const at = (entry: string) => join(import.meta.dirname, entry);
    await runInHost(context, { vsix, entry: at('no-key.host.ts') });
    await using account = await startHostAccount();
    await runInHost(context, { vsix, entry: at('in-host.host.ts'), env: account.env });
  },
};
