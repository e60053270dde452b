import * as vscode from 'vscode';
import { type EndpointFormat, endpointText } from '../commands/endpoint-formats.ts';
import { askFormat } from '../commands/copy-mcp-endpoint.ts';

/** A token that was just issued. It goes to the dialog and, if the person wants, to the clipboard: nowhere else. */
export interface Shown {
  readonly name: string;
  readonly token: string;
  /** Where this window accepts it; `undefined` while its endpoint can't be started. */
  readonly url: string | undefined;
}

/** Shows a token, the only time it is shown, until the person closes the dialog. */
export async function showToken(shown: Shown): Promise<void> {
  const [copy, configure] = [vscode.l10n.t('Copy Token'), vscode.l10n.t('Copy Configuration…')];
  const done = { title: vscode.l10n.t('Done'), isCloseAffordance: true };
  const items = [copy, ...(shown.url === undefined ? [] : [configure])].map((title) => ({ title }));
  let copied = false;
  for (;;) {
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t('The connection token {0} is issued.', shown.name),
      { modal: true, detail: detailOf(shown, copied) },
      ...items,
      done,
    );
    if (chosen?.title === copy) {
      await vscode.env.clipboard.writeText(shown.token);
      copied = true;
    } else if (chosen?.title === configure && shown.url !== undefined) {
      const format = await askFormat({
        title: vscode.l10n.t('WorkOS: Connection Token {0}', shown.name),
        placeholder: vscode.l10n.t('For which client?'),
      });
      if (format === undefined) continue;
      await vscode.env.clipboard.writeText(configurationOf(format, shown.token, shown.url));
      copied = true;
    } else return;
  }
}

function configurationOf(format: EndpointFormat, token: string, url: string): string {
  return endpointText(format, { url, token });
}

function detailOf({ token, url }: Shown, copied: boolean): string {
  return [
    token,
    '',
    vscode.l10n.t('This is the only time it is shown. Keep it to yourself: it opens accounts of yours.'),
    ...(url === undefined ? [] : [vscode.l10n.t('This window accepts it at {0}.', url)]),
    vscode.l10n.t('So does every server that you start by "workos-mcp serve".'),
    ...(copied ? ['', vscode.l10n.t('Copied to the clipboard.')] : []),
  ].join('\n');
}
