import * as vscode from 'vscode';
import { type Directory, PAGE, type TreeContext } from './tree-context.ts';
import { directoryRow } from './directory-rows.ts';
import { directoryHealth, needAttention, worstFirst } from './health.ts';
import type { Root } from './tree.ts';

/** Directories, broken ones first. */
export function directoryRoot(context: TreeContext, search: string | undefined): Root {
  const level = context.tree.makeLevel<Directory>({
    fetch: (cursor) => context.ask('list_directories', { search, limit: PAGE, cursor }),
    nodes: (rows) =>
      worstFirst(rows, directoryHealth).map((directory) =>
        directoryRow(context, directory, { parent: undefined, withOwner: true }),
      ),
    empty: () => vscode.l10n.t('None so far'),
  });
  return { level, badge: () => directoryBadge(level.pages.rows) };
}

function directoryBadge(rows: readonly Directory[]): vscode.ViewBadge | undefined {
  const value = needAttention(rows).length;
  if (value === 0) return undefined;
  const tooltip =
    value === 1
      ? vscode.l10n.t('{0} of {1} directories read so far needs attention', value, rows.length)
      : vscode.l10n.t('{0} of {1} directories read so far need attention', value, rows.length);
  return { value, tooltip };
}
