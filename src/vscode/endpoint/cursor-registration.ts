import type { CursorServer, CursorServers } from './mcp-hosts.ts';

export interface CursorRegistrationOptions {
  readonly servers: CursorServers;
  readonly name: string;
  /** Starts the endpoint, if it is not there, and says how to reach it. */
  readonly start: () => Promise<CursorServer>;
  readonly failed: (error: unknown) => void;
}

/** The endpoint as Cursor knows it. Once disposed, nothing stays registered, whatever was under way. */
export class CursorRegistration {
  readonly #options: CursorRegistrationOptions;
  #registered = false;
  #wanted = false;
  #disposed = false;

  constructor(options: CursorRegistrationOptions) {
    this.#options = options;
  }

  /** Registers the endpoint as it is now, in place of an earlier one. */
  async register(): Promise<void> {
    const { servers, name, start, failed } = this.#options;
    this.#wanted = !this.#disposed;
    try {
      const server = await start();
      if (this.#registered) await servers.unregister(name);
      if (!this.#wanted) return;
      this.#registered = true;
      await servers.register({ name, server });
      if (!this.#wanted) await servers.unregister(name);
    } catch (error) {
      if (this.#wanted) failed(error);
    }
  }

  /** Takes the endpoint back, until it is registered again. */
  withdraw(): void {
    this.#wanted = false;
    if (!this.#registered) return;
    this.#registered = false;
    const { servers, name, failed } = this.#options;
    servers.unregister(name).catch(failed);
  }

  dispose(): void {
    this.#disposed = true;
    this.withdraw();
  }
}
