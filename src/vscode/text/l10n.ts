/** What translates texts: `vscode.l10n`, handed in so that renderers need no running VS Code. */
export interface L10n {
  t(message: string, ...args: (string | number | boolean)[]): string;
}
