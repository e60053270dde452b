import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { openStateDir } from '../../access/state-dir.ts';
import { checksOf, type Installation } from '../../doctor/checks.ts';
import { describeFindings } from '../../doctor/describe.ts';
import type { Check } from '../../doctor/finding.ts';
import { runChecks } from '../../doctor/run-checks.ts';
import { API } from '../../shared/api-origin.ts';
import { SAMPLE } from '../environments/environments.ts';
import { networkFrom } from '../environments/network.ts';
import { withCancel } from '../progress.ts';
import { lockFile } from '../settings.ts';
import type { CommandServices } from './services.ts';

type Services = Pick<CommandServices, 'environments' | 'accounts' | 'endpoint' | 'diagnostics' | 'lookout'>;

/** Looks at everything this window needs, as `workos-mcp doctor` does, and shows what was found and what to mend. */
export async function runDiagnostics(services: Services): Promise<void> {
  const title = vscode.l10n.t('WorkOS: looking at this installation…');
  const findings = await withCancel(title, async ({ signal }) => {
    const checks = [...checksOf(await installationOf(services)), endpointCheck(services)];
    return runChecks(checks, { signal, offline: false }).catch((thrown: unknown) => {
      if (signal.aborted) return undefined;
      throw thrown;
    });
  });
  if (findings === undefined) return;
  await services.diagnostics.show(`${describeFindings(findings).join('\n')}\n`);
}

/** Without an environment of the person's own, the real API is looked at without a key. */
async function installationOf({ environments, accounts, lookout }: Services): Promise<Installation> {
  const active = environments.active();
  const own = active === undefined || active.id === SAMPLE.id ? undefined : active;
  const account = {
    baseUrl: own?.baseUrl ?? API,
    apiKey: own && (await environments.key(own.id)),
  };
  return {
    dir: openStateDir(),
    places: {
      home: homedir(),
      platform: process.platform,
      env: process.env,
      project: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir(),
    },
    pinned: lockFile(() => vscode.workspace.getConfiguration('workos')),
    assurance: async () => {
      const trial = accounts.trial({ ...account, name: 'Diagnostics', kind: 'staging' });
      try {
        return await trial.assurance();
      } finally {
        await trial.close();
      }
    },
    account,
    keyPlace: '"WorkOS: Set API Key"',
    network: networkFrom((section) => vscode.workspace.getConfiguration(section), process.env),
    lookout,
    offline: false,
  };
}

function endpointCheck({ endpoint }: Services): Check {
  return {
    name: 'endpoint',
    remote: false,
    run: async () => ({ status: 'ok', found: `${(await endpoint.start()).url} answers` }),
  };
}
