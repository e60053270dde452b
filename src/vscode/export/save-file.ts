import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { cleanLabel } from '../text/clean-text.ts';

/** Asks where to save a file, beginning in the workspace or at home. */
export async function chooseFile(
  name: string,
  filters: Record<string, string[]>,
): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  return vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(folder, name), filters });
}

/** Writes a file over what was there; a place that can't be written to may be changed for another one. */
export async function saveFile(
  uri: vscode.Uri,
  content: string | Uint8Array,
  filters: Record<string, string[]>,
): Promise<vscode.Uri | undefined> {
  try {
    await vscode.workspace.fs.writeFile(
      uri,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    );
    return uri;
  } catch (thrown) {
    const why = cleanLabel(thrown instanceof Error ? thrown.message : String(thrown));
    const another = vscode.l10n.t('Save Elsewhere…');
    const chosen = await vscode.window.showErrorMessage(
      vscode.l10n.t('The file was not saved: {0}', why),
      another,
    );
    const name = uri.path.split('/').at(-1) ?? '';
    const next = chosen === another ? await chooseFile(name, filters) : undefined;
    return next && saveFile(next, content, filters);
  }
}

/** Says what was saved, and offers to open the file, if an editor can read it, or show where it is. */
export async function tellSaved(uri: vscode.Uri, message: string, { readable = true } = {}): Promise<void> {
  const open = vscode.l10n.t('Open');
  const reveal = vscode.l10n.t('Reveal');
  const local = uri.scheme === 'file' && vscode.env.uiKind === vscode.UIKind.Desktop;
  const offers = [
    ...(readable ? [open] : []),
    ...(local && vscode.env.remoteName === undefined ? [reveal] : []),
  ];
  const chosen = await vscode.window.showInformationMessage(message, ...offers);
  if (chosen === open) await vscode.window.showTextDocument(uri);
  if (chosen === reveal) await vscode.commands.executeCommand('revealFileInOS', uri);
}
