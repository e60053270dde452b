import type { Event, Uri } from 'vscode';
import type { Reading } from './values/masked.ts';

/** Answers kept for documents that are not open. */
const KEPT_CLOSED = 5;

export interface DocumentMemoryOptions {
  readonly changed: { readonly event: Event<Uri>; fire(uri: Uri): void; dispose(): void };
  /** The documents that editors have now. */
  readonly open: () => readonly Uri[];
}

/** What documents show, in memory: an editor serves from it, and nothing is read unless a person asks. */
export class DocumentMemory<T extends Reading> {
  readonly #options: DocumentMemoryOptions;
  readonly #shown = new Map<string, T>();

  constructor(options: DocumentMemoryOptions) {
    this.#options = options;
  }

  get onDidChange(): Event<Uri> {
    return this.#options.changed.event;
  }

  /** What a document shows, once it has been read. */
  get(uri: Uri): T | undefined {
    return this.#shown.get(uri.toString());
  }

  /** Keeps what a document shows, and lets go of the oldest that no editor has. */
  set(uri: Uri, shown: T): void {
    this.#shown.delete(uri.toString());
    this.#shown.set(uri.toString(), shown);
    const open = new Set(this.#options.open().map(String));
    const closed = [...this.#shown.keys()].filter((key) => !open.has(key));
    for (const key of closed.slice(0, -KEPT_CLOSED)) this.#shown.delete(key);
    this.touch(uri);
  }

  /** Lets go of what a document shows. */
  forget(uri: Uri): void {
    if (this.#shown.delete(uri.toString())) this.touch(uri);
  }

  /** Lets go of it if there are values in it that only an open document shows. */
  closed(uri: Uri): void {
    if (this.get(uri)?.whole === true) this.forget(uri);
  }

  /** Lets go of everything: what is masked is decided otherwise now. */
  clear(): void {
    const uris = this.#options.open().filter((uri) => this.get(uri) !== undefined);
    this.#shown.clear();
    for (const uri of uris) this.touch(uri);
  }

  /** What has been read, by address of the document. */
  readings(): readonly (readonly [string, Reading])[] {
    return [...this.#shown];
  }

  /** Has editors ask for the text of a document again. */
  touch(uri: Uri): void {
    this.#options.changed.fire(uri);
  }

  dispose(): void {
    this.#options.changed.dispose();
  }
}
