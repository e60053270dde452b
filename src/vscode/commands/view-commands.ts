import * as vscode from 'vscode';
import { type CommandServices, type Handlers, subjectOf } from './services.ts';

type Names =
  | 'refresh'
  | 'find'
  | 'clearFind'
  | 'loadMore'
  | 'groupByOrganization'
  | 'groupByState'
  | 'reveal'
  | 'revealOrganization'
  | 'copyId'
  | 'copyName'
  | 'copyTxtRecord'
  | 'openInDashboard'
  | 'askCopilot';

/** Commands of the trees and their rows. */
export function viewCommands({ trees }: CommandServices): Handlers<Names> {
  return {
    refresh: () => trees.refresh(),
    find: async () => {
      const tree = trees.all.find(({ view }) => view.visible) ?? trees.all[0];
      const text = await vscode.window.showInputBox({
        title: 'WorkOS: Find',
        prompt: 'Part of the name',
        value: tree?.search ?? '',
      });
      if (text !== undefined) tree?.find(text.trim());
    },
    clearFind: () => {
      for (const tree of trees.all) if (tree.search !== undefined) tree.find(undefined);
    },
    loadMore: (load) => (typeof load === 'function' ? load() : undefined),
    groupByOrganization: () => undefined,
    groupByState: () => undefined,
    reveal: () => undefined,
    revealOrganization: () => undefined,
    copyId: (node) => {
      const subject = subjectOf(node);
      return subject && vscode.env.clipboard.writeText(subject.id);
    },
    copyName: () => undefined,
    copyTxtRecord: () => undefined,
    openInDashboard: () => undefined,
    askCopilot: () => undefined,
  };
}
