import * as vscode from 'vscode';
import type { TokenGate } from '../../access/token-gate.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { HttpServer } from '../../mcp/http.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Lookout } from '../../shared/lookout.ts';
import type { Recovered } from '../../shared/recovery.ts';
import { Announcer } from './announcer.ts';
import { onWake } from './clock.ts';
import { CursorRegistration } from './cursor-registration.ts';
import { EndpointServer } from './endpoint-server.ts';
import { MCP_PROVIDER } from '../ids.ts';
import type { CursorServers, McpHost } from './mcp-hosts.ts';
import { startEndpoint } from './start-endpoint.ts';
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
  /** Told how many sessions are open whenever that changes. */
  readonly onSessions: (open: number) => void;
  /** Told when the endpoint was replaced, or keeps ending. */
  readonly recovered: Recovered;
  /** True while nothing may be served. */
  readonly halted: () => boolean;
  /** Knows the connection tokens that are accepted besides the endpoint's own. */
  readonly gate: TokenGate;
  /** The port the person keeps for it; 0 for any. */
  readonly port: () => number;
  /** Told once when another program has that port. */
  readonly portTaken: (port: number) => void;
  /** Looks for decoys in what clients send. */
  readonly lookout?: Lookout | undefined;
}

/** This window's MCP endpoint on 127.0.0.1: under a token of its own and the connection tokens; started once, when first asked for. */
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
  #taken = 0;

  constructor(options: McpEndpointOptions) {
    this.#options = options;
    const { gateway, logger, settled, halted, gate, lookout, onSessions, recovered } = options;
    this.#server = new EndpointServer({
      start: async () => {
        if (halted()) throw new Error('Nothing may be served now.');
        const port = options.port();
        const portTaken = () => this.#tellTaken(port);
        return startEndpoint({ gateway, logger, gate, lookout, onSessions, port, portTaken });
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
    this.#serveKeptPort();
    if (host.kind === 'vscode') return this.#provide();
    if (host.kind === 'configuration') return { dispose: () => undefined };
    return this.#registerInCursor(host.servers);
  }

  /** Serves at the port that is kept for it, when that has become another one. */
  async move(): Promise<void> {
    const port = this.#options.port();
    if (port !== 0 && (await this.#server.leaveFor(port))) this.#renew();
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
    this.#serveKeptPort();
  }

  /** Who knows a kept port knows nothing else: the endpoint is there before anybody asks for it. */
  #serveKeptPort(): void {
    if (this.#options.port() === 0) return;
    this.start().catch((error: unknown) => this.#fail(error));
  }

  #tellTaken(port: number): void {
    if (this.#taken === port) return;
    this.#taken = port;
    this.#options.portTaken(port);
  }

  #fail(error: unknown): void {
    if (this.#disposed || this.#options.halted()) return;
    this.#options.logger.error(`The MCP endpoint can't be started: ${String(error)}`);
    if (this.#failed) return;
    this.#failed = true;
    this.#options.failed();
  }
}
