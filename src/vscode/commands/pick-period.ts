import * as vscode from 'vscode';
import { sinceTime } from '../../audit/export/since.ts';
import { rangeText } from '../events/render-events.ts';

/** A period that ends now. */
export interface Period {
  /** Begin, ISO; absent for all there is. */
  readonly since: string | undefined;
}

/** Asks from when on; `undefined` when the person leaves. */
export async function pickPeriod(title: string): Promise<Period | undefined> {
  const since = (ago: string) => sinceTime(ago, new Date());
  const known = ['24h', '7d', '30d', '90d'].map((ago) => ({ label: rangeText(vscode.l10n, ago), ago }));
  const choices = [
    ...known.map(({ label, ago }) => ({ label, since: since(ago) })),
    { label: vscode.l10n.t('Last 6 months'), since: since('184d') },
    { label: vscode.l10n.t('Everything'), since: undefined },
  ];
  const placeHolder = vscode.l10n.t('From when on?');
  const chosen = await vscode.window.showQuickPick(choices, { title, placeHolder, ignoreFocusOut: true });
  return chosen && { since: chosen.since };
}
