import { arch, platform } from 'node:os';
import * as vscode from 'vscode';
import { isRecord } from '../../shared/json.ts';
import { redactBaseUrl, remoteKind, renderDiagnostics } from './diagnostics.ts';
import type { CommandServices } from './services.ts';

type Services = Pick<CommandServices, 'environments' | 'accounts' | 'access' | 'calls' | 'extension'>;

/** Shows what a report would say, whole; sending it is up to the person, on the page of the project. */
export async function reportIssue(services: Services): Promise<void> {
  const document = await vscode.workspace.openTextDocument({
    language: 'markdown',
    content: renderDiagnostics(collect(services)),
  });
  await vscode.window.showTextDocument(document);
  const page = bugsPage(services.extension.packageJSON);
  if (page === undefined) return;
  const open = vscode.l10n.t('Copy Text and Open Issue Page');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('This is all a report would say. Nothing has been sent.'),
    open,
  );
  if (chosen !== open) return;
  await vscode.env.clipboard.writeText(document.getText());
  await vscode.env.openExternal(vscode.Uri.parse(page, true));
}

function collect({ environments, accounts, access, calls, extension }: Services) {
  const settings = vscode.workspace.getConfiguration('workos');
  const environment = environments.active();
  const writes = access.policy(environment).readOnly === undefined ? 'writes allowed' : 'read-only';
  const manifest: unknown = extension.packageJSON;
  const version = isRecord(manifest) ? String(manifest['version']) : 'unknown';
  return {
    extension: version,
    editor: `${vscode.env.appName} ${vscode.version} (${vscode.env.language})`,
    system: `${platform()} ${arch()}, Node ${process.versions.node}`,
    place: `${remoteKind(vscode.env.remoteName)}, ${
      vscode.env.uiKind === vscode.UIKind.Desktop ? 'desktop' : 'browser'
    }${vscode.workspace.isTrusted ? '' : ', restricted mode'}`,
    environment: environment === undefined ? 'none' : `${environment.kind}, ${writes}`,
    tools: accounts.listTools().length,
    settings: {
      'workos.readOnly': settings.get('readOnly') === true,
      'workos.production.allowWrites': settings.get('production.allowWrites') === true,
      'workos.privacy': settings.get('privacy'),
      'workos.approvals': settings.get('approvals'),
      'workos.lockFile': (settings.get<string>('lockFile') ?? '') !== '',
      'workos.baseUrl': redactBaseUrl(settings.get<string>('baseUrl') ?? ''),
    },
    calls: calls.list(),
  };
}

/** Where the project takes reports, as its manifest says. */
function bugsPage(manifest: unknown): string | undefined {
  const bugs = isRecord(manifest) ? manifest['bugs'] : undefined;
  const url = isRecord(bugs) ? bugs['url'] : bugs;
  return typeof url === 'string' && url.startsWith('https://') ? url : undefined;
}
