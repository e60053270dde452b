import * as vscode from 'vscode';
import type { Gateway } from '../../gateway/gateway.ts';
import { newToken } from '../../mcp/http-guard.ts';
import { type HttpServer, startHttpServer } from '../../mcp/http.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Recovered } from '../../shared/recovery.ts';
import { Announcer } from './announcer.ts';
import { onWake } from './clock.ts';
import { CursorRegistration } from './cursor-registration.ts';
import { EndpointServer } from './endpoint-server.ts';
import { MCP_PROVIDER } from '../ids.ts';
import type { CursorServers, McpHost } from './mcp-hosts.ts';
import { toolsVersion } from './tools-version.ts';

const LABEL = 'WorkOS';
const LOOK_MS = 60_000;

export interface McpEndpointOptions {
  readonly gateway: Gateway;
  readonly logger: Logger;
  /** Resolves when the running calls have ended: a new version makes VS Code stop the server it talks to. */
  readonly settled: () => Promise<void>;
  /** Told once if the endpoint can't be started. */
  readonly failed: () => void;
  /** Told when the endpoint was replaced, or keeps ending. */
  readonly recovered: Recovered;
  /** True while nothing may be served. */
  readonly halted: () => boolean;
}

/** This window's MCP endpoint on 127.0.0.1: started once, when first asked for, under a token of its own. */
export class McpEndpoint implements vscode.Disposable {
  readonly #options: McpEndpointOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #server: EndpointServer;
  readonly #announcer: Announcer;
  readonly #stopWatching: () => void;
  #cursor: CursorRegistration | undefined;
  #failed = false;
  #disposed = false;
  #lookedAt = 0;

  constructor(options: McpEndpointOptions) {
    this.#options = options;
    const { gateway, logger, settled, halted, recovered } = options;
    this.#server = new EndpointServer({
      start: async () => {
        if (halted()) throw new Error('Nothing may be served now.');
        return startHttpServer({ gateway, port: 0, token: newToken(), logger });
      },
      logger,
      lost: () => this.#renew(),
      recovered,
    });
    this.#announcer = new Announcer({
      version: () => toolsVersion(gateway.listTools()),
      server: () => this.#server.current(),
      settled,
      ask: () => this.#changed.fire(),
    });
    this.#stopWatching = onWake(() => this.check());
  }

  start(): Promise<HttpServer> {
    return this.#server.get();
  }

  /** Looks whether the server still answers, as after the machine slept; once a minute at most. */
  check(): void {
    if (Date.now() - this.#lookedAt < LOOK_MS) return;
    this.#lookedAt = Date.now();
    this.#server.check().catch((error: unknown) => this.#fail(error));
  }

  /** Ends the endpoint while nothing may be served, and offers another one, under a new token, when something may. */
  async obey(): Promise<void> {
    if (!this.#options.halted()) {
      this.#renew();
      return;
    }
    const stopped = this.#server.stop();
    this.#cursor?.withdraw();
    this.#changed.fire();
    await stopped;
  }

  /** Tells the editor of the endpoint, by whatever API it has for that. */
  register(host: McpHost): vscode.Disposable {
    if (host.kind === 'vscode') return this.#provide();
    if (host.kind === 'configuration') return { dispose: () => undefined };
    return this.#registerInCursor(host.servers);
  }

  /** Tells clients if other tools are allowed now; with `account`, that their objects are others. */
  async changed(what: { readonly account: boolean }): Promise<void> {
    await this.#announcer.look(what);
  }

  dispose(): void {
    this.#disposed = true;
    this.#stopWatching();
    this.#changed.dispose();
    this.#server.close().catch((error: unknown) => this.#options.logger.warn(String(error)));
  }

  /** Everything a client needs is in the definition: nothing is asked when it starts. */
  #provide(): vscode.Disposable {
    return vscode.lm.registerMcpServerDefinitionProvider(MCP_PROVIDER, {
      onDidChangeMcpServerDefinitions: this.#changed.event,
      provideMcpServerDefinitions: async () => {
        if (this.#options.halted()) return [];
        try {
          const { url, headers } = await this.#reach();
          const version = this.#announcer.provide();
          return [new vscode.McpHttpServerDefinition(LABEL, vscode.Uri.parse(url), headers, version)];
        } catch (error) {
          this.#fail(error);
          return [];
        }
      },
      resolveMcpServerDefinition: (definition) => definition,
    });
  }

  #registerInCursor(servers: CursorServers): vscode.Disposable {
    const cursor = new CursorRegistration({
      servers,
      name: LABEL,
      start: () => this.#reach(),
      failed: (error) => this.#fail(error),
    });
    this.#cursor = cursor;
    void cursor.register();
    return cursor;
  }

  async #reach(): Promise<{ url: string; headers: { Authorization: string } }> {
    const { url, token } = await this.start();
    return { url, headers: { Authorization: `Bearer ${token}` } };
  }

  #renew(): void {
    if (this.#disposed) return;
    this.#changed.fire();
    void this.#cursor?.register();
  }

  #fail(error: unknown): void {
    if (this.#disposed || this.#options.halted()) return;
    this.#options.logger.error(`The MCP endpoint can't be started: ${String(error)}`);
    if (this.#failed) return;
    this.#failed = true;
    this.#options.failed();
  }
}
