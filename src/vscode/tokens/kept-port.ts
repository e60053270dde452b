import * as vscode from 'vscode';
import type { HttpServer } from '../../mcp/http.ts';
import { portOf } from '../endpoint/start-endpoint.ts';
import { endpointPort } from '../settings.ts';

/** Offers to keep the address that clients have just been given, unless one is kept. */
export async function offerKeptPort(server: Pick<HttpServer, 'url'>): Promise<void> {
  const settings = () => vscode.workspace.getConfiguration('workos');
  if (endpointPort(settings) !== 0) return;
  const keep = vscode.l10n.t('Keep This Address');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The address {0} ends with this window. Keep its port, and clients find it again?',
      server.url,
    ),
    keep,
  );
  if (chosen !== keep) return;
  await settings().update('endpoint.port', portOf(server), vscode.ConfigurationTarget.Global);
}
