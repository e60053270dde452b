import * as vscode from 'vscode';
import { viewStateKey } from '../ids.ts';
import { Level, type LevelSpec } from './level.ts';
import type { Node } from './nodes.ts';
import type { Failure } from './paging.ts';
import { viewState, type ViewState } from './view-state.ts';

/** A level of a tree, whatever its rows are. */
export interface AnyLevel {
  readonly pages: {
    readonly rows: readonly unknown[];
    readonly hasMore: boolean;
    readonly failure: Failure | undefined;
    expire(): void;
  };
  children(parent?: Node): Promise<readonly Node[]>;
}

/** The first level of a tree, and what the badge says of it. */
export interface Root {
  readonly level: AnyLevel;
  readonly badge: () => vscode.ViewBadge | undefined;
}

export interface TreeOptions {
  readonly id: string;
  /** False while there is no environment. */
  readonly ready: () => boolean;
  readonly root: (tree: Tree, search: string | undefined) => Root;
  /** Called when a search begins or ends. */
  readonly searched: () => void;
}

/** One tree view: rows are read when they are first shown, and kept until refreshed. */
export class Tree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly view: vscode.TreeView<Node>;
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #options: TreeOptions;
  #levels = new Map<string, AnyLevel>();
  #root: Root | undefined;
  #search: string | undefined;
  /** Rows of another account are on the screen: they go before anything is read. */
  #clearing = false;
  #state: ViewState | undefined;

  constructor(options: TreeOptions) {
    this.#options = options;
    this.view = vscode.window.createTreeView(options.id, { treeDataProvider: this, showCollapseAll: true });
  }

  get id(): string {
    return this.#options.id;
  }

  /** What rows are searched for, if anything. */
  get search(): string | undefined {
    return this.#search;
  }

  get state(): ViewState | undefined {
    return this.#state;
  }

  /** True once rows have been asked for. */
  get begun(): boolean {
    return this.#root !== undefined;
  }

  /** Shows what has this text in its name; without a text everything again. */
  find(text: string | undefined): void {
    const search = text === '' ? undefined : text;
    if (search === this.#search) return;
    this.#setSearch(search);
    this.#root = undefined;
    this.rerender();
  }

  /** Reads again what is shown; rows stay until the new ones are there. */
  refresh(): void {
    this.#root?.level.pages.expire();
    for (const level of this.#levels.values()) level.pages.expire();
    this.rerender();
  }

  /** Draws the rows again, without reading any. */
  rerender(): void {
    this.#changed.fire(undefined);
  }

  /** Lets go of all rows at once: they belong to another account. */
  reset(): void {
    this.#clearing = this.#root !== undefined;
    this.#root = undefined;
    this.#levels = new Map();
    this.#setSearch(undefined);
    this.view.badge = undefined;
    this.#setState('rows');
    this.rerender();
  }

  /** The level kept under a key, made when it is first needed. Keys are ids of the nodes above. */
  level<T>(node: Node, spec: () => LevelSpec<T>): Promise<readonly Node[]> {
    const key = node.item.id ?? '';
    const level = this.#levels.get(key) ?? this.makeLevel(spec());
    this.#levels.set(key, level);
    return level.children(node);
  }

  makeLevel<T>(spec: LevelSpec<T>): Level<T> {
    return new Level(spec, {
      changed: (parent) => this.#changed.fire(parent),
      busy: (work) => this.#busy(work),
    });
  }

  /** The first level, read if it has not been; nothing of an account that was left meanwhile. */
  async load(): Promise<readonly Node[]> {
    if (!this.#options.ready()) return [];
    this.#root ??= this.#options.root(this, this.#search);
    const root = this.#root;
    const nodes = await root.level.children();
    if (root !== this.#root) return this.load();
    this.view.badge = root.badge();
    const { rows, hasMore, failure } = root.level.pages;
    const searched = this.#search !== undefined;
    const state = viewState({ rows: rows.length, hasMore, failure, searched });
    this.#setState(state);
    return state === 'rows' ? nodes : [];
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node !== undefined) {
      const levels = this.#levels;
      const nodes = node.inner ?? (await node.children?.()) ?? [];
      return levels === this.#levels ? [...nodes] : [];
    }
    if (this.#clearing) {
      this.#clearing = false;
      void this.#busy(async () => void (await this.load())).then(() => this.rerender());
      return [];
    }
    return [...(await this.load())];
  }

  getTreeItem({ item }: Node): vscode.TreeItem {
    return item;
  }

  getParent({ parent }: Node): Node | undefined {
    return parent;
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    const text = node.tooltip?.();
    if (text !== undefined) item.tooltip = new vscode.MarkdownString(text);
    return item;
  }

  dispose(): void {
    this.view.dispose();
    this.#changed.dispose();
  }

  async #busy(work: () => Promise<void>): Promise<void> {
    await vscode.window.withProgress({ location: { viewId: this.id } }, work);
  }

  #setSearch(search: string | undefined): void {
    this.#search = search;
    this.view.description = search === undefined ? '' : `“${search}”`;
    this.#options.searched();
  }

  #setState(state: ViewState): void {
    if (state === this.#state) return;
    this.#state = state;
    void vscode.commands.executeCommand('setContext', viewStateKey(this.id), state);
  }
}
