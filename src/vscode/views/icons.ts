import * as vscode from 'vscode';
import type { Health } from './health.ts';

type Look = readonly [color: string | undefined, icon?: string];

/** Colour, and where colour alone would tell too little, an icon of its own. */
const LOOKS: Readonly<Record<Health, Look>> = {
  broken: ['list.errorForeground', 'error'],
  off: ['list.errorForeground', 'debug-disconnect'],
  warning: ['list.warningForeground', 'warning'],
  waiting: ['list.warningForeground', 'clock'],
  unfinished: ['disabledForeground', 'circle-dashed'],
  unknown: [undefined],
  healthy: ['testing.iconPassed'],
};

/** The icon of something healthy or not; `icon` is what it looks like while nothing is wrong. */
export function healthIcon(icon: string, health: Health): vscode.ThemeIcon {
  const [color, own = icon] = LOOKS[health];
  return new vscode.ThemeIcon(own, color === undefined ? undefined : new vscode.ThemeColor(color));
}

/** The icon of a security event. */
export function eventIcon(meaning: 'failure' | 'success' | 'change'): vscode.ThemeIcon {
  if (meaning === 'failure') return healthIcon('error', 'broken');
  return meaning === 'success' ? healthIcon('pass', 'healthy') : new vscode.ThemeIcon('circle-small-filled');
}
