import * as vscode from 'vscode';
import type { Gateway } from '../gateway/gateway.ts';
import { newToken } from '../mcp/http-guard.ts';
import { type HttpServer, startHttpServer } from '../mcp/http.ts';
import type { Logger } from '../shared/logger.ts';
import { EndpointServer } from './endpoint-server.ts';
import { MCP_PROVIDER } from './ids.ts';
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
}

/** This window's MCP endpoint on 127.0.0.1: started once, when first asked for, under a token of its own. */
export class McpEndpoint implements vscode.Disposable {
  readonly #options: McpEndpointOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #server: EndpointServer;
  #announced: string | undefined;
  #cursor: CursorServers | undefined;
  #failed = false;
  #lookedAt = 0;

  constructor(options: McpEndpointOptions) {
    this.#options = options;
    const { gateway, logger } = options;
    this.#server = new EndpointServer({
      start: () => startHttpServer({ gateway, port: 0, token: newToken(), logger }),
      logger,
      lost: () => this.#renew(),
    });
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

  /** Tells the editor of the endpoint, by whatever API it has for that. */
  register(host: McpHost): vscode.Disposable {
    if (host.kind === 'vscode') return this.#provide();
    if (host.kind === 'configuration') return { dispose: () => undefined };
    this.#cursor = host.servers;
    this.#registerInCursor(host.servers).catch((error: unknown) => this.#fail(error));
    return { dispose: () => host.servers.unregister(LABEL) };
  }

  /** Tells clients if other tools are allowed now. */
  async toolsChanged(): Promise<void> {
    const version = toolsVersion(this.#options.gateway.listTools());
    if (this.#announced === undefined || version === this.#announced) return;
    this.#announced = version;
    await (await this.#server.current())?.changed();
    await this.#options.settled();
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
    this.#server.close().catch((error: unknown) => this.#options.logger.warn(String(error)));
  }

  /** Everything a client needs is in the definition: nothing is asked when it starts. */
  #provide(): vscode.Disposable {
    return vscode.lm.registerMcpServerDefinitionProvider(MCP_PROVIDER, {
      onDidChangeMcpServerDefinitions: this.#changed.event,
      provideMcpServerDefinitions: async () => {
        try {
          const { url, token } = await this.start();
          const version = this.#announce();
          return [new vscode.McpHttpServerDefinition(LABEL, vscode.Uri.parse(url), bearer(token), version)];
        } catch (error) {
          this.#fail(error);
          return [];
        }
      },
      resolveMcpServerDefinition: (definition) => definition,
    });
  }

  async #registerInCursor(servers: CursorServers): Promise<void> {
    const { url, token } = await this.start();
    this.#announce();
    servers.register({ name: LABEL, server: { url, headers: bearer(token) } });
  }

  #announce(): string {
    this.#announced = toolsVersion(this.#options.gateway.listTools());
    return this.#announced;
  }

  #renew(): void {
    this.#changed.fire();
    const cursor = this.#cursor;
    if (cursor === undefined) return;
    cursor.unregister(LABEL);
    this.#registerInCursor(cursor).catch((error: unknown) => this.#fail(error));
  }

  #fail(error: unknown): void {
    this.#options.logger.error(`The MCP endpoint can't be started: ${String(error)}`);
    if (this.#failed) return;
    this.#failed = true;
    this.#options.failed();
  }
}

function bearer(token: string): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}
