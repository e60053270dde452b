import * as vscode from 'vscode';
import type { StoredEnvironment } from './environments.ts';
import { environmentKind } from '../text/words.ts';

/** The kind of an environment in the person's language. */
export function kindText(kind: StoredEnvironment['kind']): string {
  return environmentKind(vscode.l10n, kind);
}
