import * as vscode from 'vscode';
import type { AppError } from '../../../shared/errors.ts';

/** Why an organization was not created, or can't be. */
export type Failure = Pick<AppError, 'code' | 'message' | 'hint'>;

/** What to do about it. The tool's hints are for agents; where a person does better otherwise, this says how. */
export function adviceFor({ code, hint = '' }: Failure): string {
  if (code === 'CONFLICT') return vscode.l10n.t('Change what is taken, in the list below.');
  if (code === 'OUTCOME_UNKNOWN')
    return vscode.l10n.t('If its domains are taken now, it was created. Check Again looks once more.');
  return hint;
}

/** What became of an attempt. */
export function failureTitle({ code }: Failure): string {
  return code === 'OUTCOME_UNKNOWN'
    ? vscode.l10n.t('It may have been created')
    : vscode.l10n.t('It was not created');
}
