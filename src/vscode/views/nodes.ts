import * as vscode from 'vscode';
import type { AppError } from '../../shared/errors.ts';
import { cleanLabel } from '../text/clean-text.ts';
import { COMMANDS } from '../ids.ts';
import { cleanSentences } from '../text/sentences.ts';
import { objectKind } from '../text/words.ts';
import type { Subject } from './subject.ts';

/** A row of a tree. */
export interface Node {
  readonly item: vscode.TreeItem;
  readonly subject?: Subject;
  readonly parent?: Node | undefined;
  /** Markdown of its tooltip, made when it is shown. */
  tooltip?(): string;
  /** Rows below it that are known already. */
  readonly inner?: readonly Node[];
  /** Reads the rows below it. Neither this nor `inner`: a row without children. */
  children?(): Promise<readonly Node[]>;
}

export interface RowOptions {
  readonly parent: Node | undefined;
  readonly icon: vscode.ThemeIcon;
  readonly description?: string | undefined;
  /** Added to the context value, as `pending`. */
  readonly context?: string | undefined;
  /** What a screen reader says after name and kind. */
  readonly says?: readonly (string | undefined)[];
  readonly tooltip?: () => string;
  readonly children?: ((self: Node) => Promise<readonly Node[]>) | undefined;
  /** Opens the details when the row is chosen: for rows without children. */
  readonly opens?: boolean;
}

/** The same object stands in several places: a row's id is unique by its place. */
function placed(parent: Node | undefined, own: string): string {
  return parent?.item.id === undefined ? own : `${parent.item.id}/${own}`;
}

/** A row for an object of the account. */
export function row(subject: Subject, options: RowOptions): Node {
  const { parent, icon, description, context, says = [], tooltip, children, opens } = options;
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const label = cleanLabel(subject.name) || cleanLabel(subject.id);
  const item = new vscode.TreeItem(label, children ? Collapsed : None);
  item.id = placed(parent, `${subject.kind}:${subject.id}`);
  item.contextValue = ['workos', subject.kind, ...(context === undefined ? [] : [context])].join('.');
  item.iconPath = icon;
  item.accessibilityInformation = { label: sayAll([label, objectKind(vscode.l10n, subject.kind), ...says]) };
  if (description) item.description = cleanLabel(description);
  if (opens) {
    item.command = {
      command: COMMANDS.openDetails,
      title: vscode.l10n.t('Open Details'),
      arguments: [{ subject }],
    };
  }
  const node: Node = {
    item,
    subject,
    parent,
    ...(tooltip && { tooltip }),
    ...(children && { children: () => children(node) }),
  };
  return node;
}

export interface GroupOptions {
  readonly parent: Node | undefined;
  /** Tells it from its siblings. */
  readonly key: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly icon?: vscode.ThemeIcon;
  readonly expanded?: boolean;
}

/** A row that groups others, which are read when it is first expanded. */
export function groupRow(options: GroupOptions, children: (self: Node) => Promise<readonly Node[]>): Node {
  const node: Node = {
    item: groupItem(options),
    parent: options.parent,
    children: () => children(node),
  };
  return node;
}

/** A row that groups others that are known already. */
export function innerGroupRow(options: GroupOptions, inner: (self: Node) => readonly Node[]): Node {
  const rows: Node[] = [];
  const node: Node = { item: groupItem(options), parent: options.parent, inner: rows };
  rows.push(...inner(node));
  return node;
}

function groupItem({ parent, key, label, description, icon, expanded }: GroupOptions): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(cleanLabel(label), expanded ? Expanded : Collapsed);
  item.id = placed(parent, key);
  item.contextValue = 'workos.rows';
  if (icon) item.iconPath = icon;
  if (description) item.description = cleanLabel(description);
  item.accessibilityInformation = { label: sayAll([cleanLabel(label), description]) };
  return item;
}

/** A row that says something, as "No groups". */
export function messageRow(parent: Node | undefined, text: string): Node {
  const item = new vscode.TreeItem('');
  item.description = text;
  item.id = placed(parent, 'message');
  item.accessibilityInformation = { label: text };
  return { item, parent };
}

/** A row that says that rows could not be read; choosing it tries again. */
export function errorRow(parent: Node | undefined, error: AppError, retry: () => Promise<void>): Node {
  const item = new vscode.TreeItem(cleanLabel(error.message));
  item.description = vscode.l10n.t('Select to try again');
  item.id = placed(parent, 'error');
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  const whole = [cleanSentences(error.message), cleanSentences(error.hint), item.description];
  item.tooltip = whole.filter((line) => line !== '').join('\n');
  item.accessibilityInformation = { label: whole.filter((line) => line !== '').join(' ') };
  item.command = {
    command: COMMANDS.loadMore,
    title: vscode.l10n.t('Try Again'),
    arguments: [retry],
  };
  return { item, parent };
}

/** The row that reads the next page. */
export function moreRow(parent: Node | undefined, load: () => Promise<void>): Node {
  const item = new vscode.TreeItem(vscode.l10n.t('Load more…'));
  item.id = placed(parent, 'more');
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: COMMANDS.loadMore, title: vscode.l10n.t('Load more…'), arguments: [load] };
  return { item, parent };
}

function sayAll(parts: readonly (string | undefined)[]): string {
  return parts
    .map((part) => (part === undefined ? '' : cleanLabel(part)))
    .filter((part) => part !== '')
    .join(', ');
}
