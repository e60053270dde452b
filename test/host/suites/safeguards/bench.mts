// What the parts of the suite of safeguards share.
import type { Sandbox } from '../../../../src/sandbox/server.ts';
import type { Session } from '../../harness/session.mts';
import type { SuiteContext } from '../../harness/suite.mts';
import type { Workbench } from '../../harness/workbench.mts';

export interface Bench {
  readonly test: SuiteContext['test'];
  readonly session: Session;
  readonly workbench: Workbench;
  readonly sandbox: Sandbox;
}

/** Changes a setting of the extension; `undefined` takes it back. */
export async function set(workbench: Workbench, name: string, value: string | undefined): Promise<void> {
  await workbench.host(
    async ({ vscode }, [key, wanted]) => {
      const { Global } = vscode.ConfigurationTarget;
      await vscode.workspace.getConfiguration('workos').update(key, wanted ?? undefined, Global);
    },
    [name, value ?? null] as const,
  );
}
