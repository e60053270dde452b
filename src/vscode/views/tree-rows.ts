import type { ViewBadge } from 'vscode';
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
  readonly badge: () => ViewBadge | undefined;
}

/** What a view shows once its first level is there. */
export interface Shown {
  readonly nodes: readonly Node[];
  readonly state: ViewState;
  /** Of the whole list, also while a search shows a part of it. */
  readonly badge: ViewBadge | undefined;
}

/** The rows of a tree: read when they are first shown, and those of one account and one search only. */
export class TreeRows {
  readonly #makeRoot: (search: string | undefined) => Root;
  #levels = new Map<string, AnyLevel>();
  #root: Root | undefined;
  #search: string | undefined;
  #badge: ViewBadge | undefined;
  /** True when rows may be on the screen. */
  #shown = false;
  #clearing = false;

  constructor(makeRoot: (search: string | undefined) => Root) {
    this.#makeRoot = makeRoot;
  }

  get search(): string | undefined {
    return this.#search;
  }

  /** True once rows have been asked for. */
  get begun(): boolean {
    return this.#root !== undefined;
  }

  /** False when that is what is searched for already. */
  find(text: string | undefined): boolean {
    const search = text === '' ? undefined : text;
    if (search === this.#search) return false;
    this.#search = search;
    this.#root = undefined;
    return true;
  }

  /** Has everything read again when it is next shown. */
  expire(): void {
    for (const { pages } of [...(this.#root ? [this.#root.level] : []), ...this.#levels.values()])
      pages.expire();
  }

  /** Lets go of everything: it belongs to another account. */
  reset(): void {
    this.#clearing ||= this.#shown;
    this.#shown = false;
    this.#root = undefined;
    this.#levels = new Map();
    this.#search = undefined;
    this.#badge = undefined;
  }

  /** True, once, when rows of another account have to go from the screen before anything is read. */
  takeClearing(): boolean {
    const clearing = this.#clearing;
    this.#clearing = false;
    return clearing;
  }

  /** The level kept under a key, made when it is first needed. */
  level(key: string, make: () => AnyLevel): AnyLevel {
    const level = this.#levels.get(key) ?? make();
    this.#levels.set(key, level);
    return level;
  }

  /** The first level, read if it has not been; nothing of an account or a search that was left meanwhile. */
  async load(): Promise<Shown> {
    this.#root ??= this.#makeRoot(this.#search);
    this.#shown = true;
    const root = this.#root;
    const nodes = await root.level.children();
    if (root !== this.#root) return this.load();
    const searched = this.#search !== undefined;
    if (!searched) this.#badge = root.badge();
    const { rows, hasMore, failure } = root.level.pages;
    const state = viewState({ rows: rows.length, hasMore, failure, searched });
    return { nodes: state === 'rows' ? nodes : [], state, badge: this.#badge };
  }

  /** The rows below another; none of an account that was left meanwhile. */
  async below(node: Node): Promise<readonly Node[]> {
    const levels = this.#levels;
    const nodes = node.inner ?? (await node.children?.()) ?? [];
    return levels === this.#levels ? nodes : [];
  }
}
