import { errorRow, messageRow, moreRow, type Node } from './nodes.ts';
import { type FetchPage, Pages } from './paging.ts';

/** How the rows below a node, or at the root, are read and shown. */
export interface LevelSpec<T> {
  readonly fetch: FetchPage<T>;
  readonly nodes: (rows: readonly T[], parent: Node | undefined) => readonly Node[];
  /** What is said when there are no rows so far. */
  readonly empty: (pages: Pages<T>) => string;
  /** Told of all rows whenever some have been read. */
  readonly read?: (rows: readonly T[]) => void;
}

/** What a level needs of its tree. */
export interface LevelHost {
  /** Shows the rows below `parent` again. */
  changed(parent: Node | undefined): void;
  /** Shows that something is being read. */
  busy(work: () => Promise<void>): Promise<void>;
}

/** The rows below one node. */
export class Level<T> {
  readonly pages: Pages<T>;
  readonly #spec: LevelSpec<T>;
  readonly #host: LevelHost;
  #parent: Node | undefined;
  #seen = 0;

  constructor(spec: LevelSpec<T>, host: LevelHost) {
    this.#spec = spec;
    this.#host = host;
    this.pages = new Pages(spec.fetch);
  }

  /** The rows, read if they have not been. */
  async children(parent?: Node): Promise<readonly Node[]> {
    this.#parent = parent;
    await this.pages.read();
    this.#tell();
    return this.show(parent);
  }

  /** The rows that are there, without reading any. */
  show(parent?: Node): readonly Node[] {
    const { rows, failure, hasMore } = this.pages;
    const nodes = [...this.#spec.nodes(rows, parent)];
    if (rows.length === 0 && failure === undefined)
      nodes.push(messageRow(parent, this.#spec.empty(this.pages)));
    if (failure?.at === 'start') nodes.unshift(errorRow(parent, failure.error, () => this.#retry()));
    if (failure?.at === 'end') nodes.push(errorRow(parent, failure.error, () => this.#more()));
    else if (hasMore) nodes.push(moreRow(parent, () => this.#more()));
    return unique(nodes);
  }

  async #more(): Promise<void> {
    let read = false;
    await this.#host.busy(async () => {
      read = await this.pages.more();
    });
    if (read) this.#changed();
  }

  async #retry(): Promise<void> {
    this.pages.expire();
    await this.#host.busy(() => this.pages.read());
    this.#changed();
  }

  #changed(): void {
    this.#tell();
    this.#host.changed(this.#parent);
  }

  #tell(): void {
    if (this.pages.reads === this.#seen) return;
    this.#seen = this.pages.reads;
    this.#spec.read?.(this.pages.rows);
  }
}

/** VS Code refuses all rows when two have the same id: an object listed twice is shown once. */
function unique(nodes: readonly Node[]): readonly Node[] {
  return [...new Map(nodes.map((node) => [node.item.id, node])).values()];
}
