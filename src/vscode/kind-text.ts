import * as vscode from 'vscode';
import type { StoredEnvironment } from './environments.ts';

/** The kind of an environment in words. */
export function kindText(kind: StoredEnvironment['kind']): string {
  if (kind === 'production') return vscode.l10n.t('production');
  return kind === 'staging' ? vscode.l10n.t('staging') : vscode.l10n.t('sandbox');
}
