import * as vscode from 'vscode';
import { type Directory, PAGE, type TreeContext } from './tree-context.ts';
import { directoryRow } from './directory-rows.ts';
import { directoryHealth, findingCount, worstFirst } from './health.ts';
import type { Root } from './tree-rows.ts';

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
  return { level, badge: () => badge(level.pages.rows) };
}

function badge(rows: readonly Directory[]): vscode.ViewBadge | undefined {
  const value = findingCount(rows);
  const tooltip = vscode.l10n.t('Findings: {0}. Directories read so far: {1}.', value, rows.length);
  return value === 0 ? undefined : { value, tooltip };
}
