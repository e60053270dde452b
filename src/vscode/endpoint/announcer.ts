import type { HttpServer } from '../../mcp/http.ts';

export interface AnnouncerOptions {
  /** Version of the tools that are allowed now. */
  readonly version: () => string;
  /** The server whose clients are told, if it has been started. */
  readonly server: () => Promise<Pick<HttpServer, 'changed'> | undefined>;
  /** Resolves when the running calls have ended: a new version makes VS Code stop the server it talks to. */
  readonly settled: () => Promise<void>;
  /** Makes the editor ask for the endpoint again. */
  readonly ask: () => void;
}

/**
 * Tells of changes those who have to know. Clients hear of other tools, and of another account. An editor that takes
 * servers by version is asked to come again when the version it has is not the one of now.
 */
export class Announcer {
  readonly #options: AnnouncerOptions;
  #told: string | undefined;
  #provided: string | undefined;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** The version for the editor, which has come for it. */
  provide(): string {
    this.#provided = this.#options.version();
    return this.#provided;
  }

  /** Looks what has changed; `account` when it is another one, or has another key. */
  async look({ account }: { readonly account: boolean }): Promise<void> {
    const { version, server, settled, ask } = this.#options;
    const now = version();
    if (account || now !== this.#told) {
      this.#told = now;
      await (await server())?.changed();
    }
    if (!this.#isBehind()) return;
    await settled();
    // Meanwhile it may have come by itself, or all may be as it was.
    if (!this.#isBehind()) return;
    this.#provided = version();
    ask();
  }

  #isBehind(): boolean {
    return this.#provided !== undefined && this.#provided !== this.#options.version();
  }
}
