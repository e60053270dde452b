import * as vscode from 'vscode';
import { cleanLabel } from '../../text/clean-text.ts';
import type { StoredEnvironment } from '../../environments/environments.ts';
import { isStillIn } from '../same-environment.ts';
import type { Created } from './organization-review.ts';
import type { CommandServices } from '../services.ts';
import { dnsRecordLines } from './txt-records.ts';

/** Says that an organization was created, and offers what comes next: its DNS records, its details, its row. */
export async function tellCreated(
  { id = '', name, domains = [] }: Created,
  environment: StoredEnvironment,
  { trees, details, environments }: Pick<CommandServices, 'trees' | 'details' | 'environments'>,
): Promise<void> {
  const records = dnsRecordLines(domains);
  const copy = records.length > 1 ? vscode.l10n.t('Copy TXT Records') : vscode.l10n.t('Copy TXT Record');
  const open = vscode.l10n.t('Open Details');
  const reveal = vscode.l10n.t('Reveal');
  const offers = records.length > 0 ? [copy, open, reveal] : [open, reveal];
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Created {0} in {1}.', cleanLabel(name), cleanLabel(environment.name)),
    ...offers,
  );
  if (chosen === copy) {
    await vscode.env.clipboard.writeText(records.join('\n'));
    vscode.window.setStatusBarMessage(
      vscode.l10n.t('Copied. The owner of the domain publishes it in its DNS.'),
      5_000,
    );
  }
  const organization = { kind: 'organization', id, name } as const;
  if (chosen === open) await details.open(organization, environment);
  // A view shows the environment of its window only.
  if (chosen === reveal && (await isStillIn(environment, environments))) await trees.reveal(organization);
}
