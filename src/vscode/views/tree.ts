import * as vscode from 'vscode';
import { cleanLabel } from '../text/clean-text.ts';
import { viewStateKey } from '../ids.ts';
import { Level, type LevelSpec } from './level.ts';
import type { Node } from './nodes.ts';
import { type Root, TreeRows } from './tree-rows.ts';
import type { ViewState } from './view-state.ts';

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
  readonly #rows: TreeRows;
  #state: ViewState | undefined;

  constructor(options: TreeOptions) {
    this.#options = options;
    this.#rows = new TreeRows((search) => options.root(this, search));
    this.view = vscode.window.createTreeView(options.id, { treeDataProvider: this, showCollapseAll: true });
  }

  get id(): string {
    return this.#options.id;
  }

  /** What rows are searched for, if anything. */
  get search(): string | undefined {
    return this.#rows.search;
  }

  get state(): ViewState | undefined {
    return this.#state;
  }

  /** True once rows have been asked for. */
  get begun(): boolean {
    return this.#rows.begun;
  }

  /** Shows what has this text in its name; without a text everything again. */
  find(text: string | undefined): void {
    if (!this.#rows.find(text)) return;
    this.#tellSearch();
    this.rerender();
  }

  /** Reads again what is shown; rows stay until the new ones are there. */
  refresh(): void {
    this.#rows.expire();
    this.rerender();
  }

  /** Draws the rows again, without reading any. */
  rerender(): void {
    this.#changed.fire(undefined);
  }

  /** Lets go of all rows at once: they belong to another account. */
  reset(): void {
    this.#rows.reset();
    this.#tellSearch();
    this.view.badge = undefined;
    this.#setState('rows');
    this.rerender();
  }

  /** The level kept under a key, made when it is first needed. Keys are ids of the nodes above. */
  level<T>(node: Node, spec: () => LevelSpec<T>): Promise<readonly Node[]> {
    return this.#rows.level(node.item.id ?? '', () => this.makeLevel(spec())).children(node);
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
    const { nodes, state, badge } = await this.#rows.load();
    this.view.badge = badge;
    this.#setState(state);
    return nodes;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node !== undefined) return [...(await this.#rows.below(node))];
    if (!this.#rows.takeClearing()) return [...(await this.load())];
    const drawn = () => this.rerender();
    // Should it fail, drawing the rows fails in the same way, and VS Code says so.
    this.#busy(async () => void (await this.load())).then(drawn, drawn);
    return [];
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

  #tellSearch(): void {
    const { search } = this.#rows;
    this.view.description = search === undefined ? '' : `“${cleanLabel(search)}”`;
    this.#options.searched();
  }

  #setState(state: ViewState): void {
    if (state === this.#state) return;
    this.#state = state;
    void vscode.commands.executeCommand('setContext', viewStateKey(this.id), state);
  }
}
