import * as vscode from 'vscode';
import type { AppError } from '../../shared/errors.ts';
import { cleanLabel } from '../clean-text.ts';
import { COMMANDS } from '../ids.ts';

/** What commands need to know of the object a row shows. */
export interface Subject {
  readonly kind: 'organization' | 'connection' | 'directory' | 'group' | 'user' | 'domain' | 'event';
  readonly id: string;
  readonly name: string;
  /** Id of the organization it belongs to, where that is known. */
  readonly organization?: string | undefined;
  /** Id of the directory it belongs to: of groups and users. */
  readonly directory?: string | undefined;
}

/** A row of a tree. */
export interface Node {
  readonly item: vscode.TreeItem;
  readonly subject?: Subject;
  /** Absent for a row without children. */
  children?(): Promise<Node[]>;
}

export interface RowOptions {
  readonly description?: string | undefined;
  readonly icon: vscode.ThemeIcon;
  readonly children?: (() => Promise<Node[]>) | undefined;
}

const HEALTHY = new vscode.ThemeColor('testing.iconPassed');
const BROKEN = new vscode.ThemeColor('testing.iconFailed');

/** An icon that tells health by its colour. */
export function healthIcon(icon: string, healthy: boolean): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, healthy ? HEALTHY : BROKEN);
}

/** A row for an object of the account. */
export function row(subject: Subject, { description, icon, children }: RowOptions): Node {
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(cleanLabel(subject.name) || subject.id, children ? Collapsed : None);
  item.id = `${subject.kind}:${subject.id}`;
  item.contextValue = `workos.${subject.kind}`;
  item.iconPath = icon;
  if (description !== undefined) item.description = cleanLabel(description);
  return { item, subject, ...(children && { children }) };
}

/** A row that groups others. */
export function groupRow(label: string, id: string, children: () => Promise<Node[]>): Node {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = id;
  return { item, children };
}

/** A row that says something, as "No groups". */
export function messageRow(text: string): Node {
  return { item: new vscode.TreeItem(text) };
}

/** A row in place of children that could not be read; its command tries again. */
export function errorRow(error: AppError): Node {
  const item = new vscode.TreeItem(error.message);
  item.iconPath = new vscode.ThemeIcon('error');
  item.tooltip = error.hint ?? error.message;
  item.command = { command: COMMANDS.refresh, title: 'Retry' };
  return { item };
}

/** The row that reads the next page. */
export function moreRow(load: () => Promise<void>): Node {
  const item = new vscode.TreeItem('Load more…');
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: COMMANDS.loadMore, title: 'Load more', arguments: [load] };
  return { item };
}
