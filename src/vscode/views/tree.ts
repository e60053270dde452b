import * as vscode from 'vscode';
import type { Outcome } from '../../gateway/gateway.ts';
import { errorRow, messageRow, moreRow, type Node } from './nodes.ts';

/** A page of rows, as the list tools answer. */
export interface RowPage<T> {
  readonly items: readonly T[];
  readonly next_cursor?: string | undefined;
}

export interface Paging<T> {
  readonly fetch: (cursor: string | undefined) => Promise<Outcome<RowPage<T>>>;
  readonly toNode: (item: T) => Node;
  readonly empty: string;
}

/** One tree view: rows are read when they are first shown, and kept until refreshed. */
export class Tree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly view: vscode.TreeView<Node>;
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #makeRoots: (tree: Tree) => () => Promise<Node[]>;
  #roots: (() => Promise<Node[]>) | undefined;
  #search: string | undefined;

  constructor(id: string, makeRoots: (tree: Tree) => () => Promise<Node[]>) {
    this.#makeRoots = makeRoots;
    this.view = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
  }

  /** What rows are searched for, if anything. */
  get search(): string | undefined {
    return this.#search;
  }

  find(text: string | undefined): void {
    this.#search = text === '' ? undefined : text;
    this.view.description = this.#search === undefined ? '' : `“${this.#search}”`;
    this.refresh();
  }

  refresh(): void {
    this.#roots = undefined;
    this.#changed.fire(undefined);
  }

  getTreeItem({ item }: Node): vscode.TreeItem {
    return item;
  }

  getChildren(node?: Node): Promise<Node[]> {
    if (node !== undefined) return node.children?.() ?? Promise.resolve([]);
    this.#roots ??= this.#makeRoots(this);
    return this.#roots();
  }

  /** Children that are read page by page, below `parent()` or at the root. */
  pages<T>({ fetch, toNode, empty }: Paging<T>, parent: () => Node | undefined = () => undefined) {
    const shown: Node[] = [];
    let next: string | undefined;
    let started = false;
    const read = async (): Promise<Node[]> => {
      const page = await fetch(next);
      if (!page.ok) return [...shown, errorRow(page.error)];
      started = true;
      shown.push(...page.value.items.map(toNode));
      next = page.value.next_cursor;
      return rows();
    };
    const rows = (): Node[] => {
      if (shown.length === 0) return [messageRow(empty)];
      return next === undefined ? shown : [...shown, moreRow(load)];
    };
    const load = async (): Promise<void> => {
      await read();
      this.#changed.fire(parent());
    };
    return async () => (started ? rows() : read());
  }

  dispose(): void {
    this.view.dispose();
    this.#changed.dispose();
  }
}
