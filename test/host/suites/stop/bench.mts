// What the parts of the suite of stops share.
import type { HostAccount } from '../../harness/account.mts';
import type { Session } from '../../harness/session.mts';
import type { SuiteContext } from '../../harness/suite.mts';
import { until } from '../../harness/tests.mts';
import type { Workbench } from '../../harness/workbench.mts';

export const LIST = 'list_workos_organizations';
export const VIEWS = ['Organizations', 'SSO Connections', 'Directories'] as const;

export interface Bench {
  readonly test: SuiteContext['test'];
  readonly session: Session;
  readonly account: HostAccount;
  readonly windows: readonly [Workbench, Workbench];
}

/** Waits until nobody listens at an address. */
export async function refusesConnections(url: string): Promise<void> {
  await until(`${url} to refuse`, async () => {
    const error = await fetch(url, { method: 'POST' }).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    return (error?.cause as { code?: string } | undefined)?.code === 'ECONNREFUSED';
  });
}
