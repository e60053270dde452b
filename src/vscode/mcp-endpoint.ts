import * as vscode from 'vscode';
import type { Gateway } from '../gateway/gateway.ts';
import { newToken } from '../mcp/http-guard.ts';
import { type HttpServer, startHttpServer } from '../mcp/http.ts';
import { VERSION } from '../mcp/version.ts';
import type { Logger } from '../shared/logger.ts';
import { MCP_PROVIDER } from './ids.ts';

const LABEL = 'WorkOS';

/** This window's MCP endpoint on 127.0.0.1: started once, when first asked for, under a token of its own. */
export class McpEndpoint implements vscode.Disposable {
  readonly #gateway: Gateway;
  readonly #logger: Logger;
  readonly #changed = new vscode.EventEmitter<void>();
  #server: Promise<HttpServer> | undefined;

  constructor(gateway: Gateway, logger: Logger) {
    this.#gateway = gateway;
    this.#logger = logger;
  }

  start(): Promise<HttpServer> {
    this.#server ??= startHttpServer({
      gateway: this.#gateway,
      port: 0,
      token: newToken(),
      logger: this.#logger,
    });
    return this.#server;
  }

  /** Registers the endpoint with VS Code. Everything it needs is in the definition: nothing is asked at start. */
  register(): vscode.Disposable {
    return vscode.lm.registerMcpServerDefinitionProvider(MCP_PROVIDER, {
      onDidChangeMcpServerDefinitions: this.#changed.event,
      provideMcpServerDefinitions: async () => {
        const { url, token } = await this.start();
        const headers = { Authorization: `Bearer ${token}` };
        return [new vscode.McpHttpServerDefinition(LABEL, vscode.Uri.parse(url), headers, this.#version())];
      },
      resolveMcpServerDefinition: (definition) => definition,
    });
  }

  /** Tells clients that other tools are allowed now. */
  async toolsChanged(): Promise<void> {
    this.#changed.fire();
    await (await this.#server)?.toolsChanged();
  }

  dispose(): void {
    this.#changed.dispose();
    this.#server
      ?.then((server) => server.close())
      .catch((error: unknown) => this.#logger.warn(String(error)));
  }

  /** Changes only when the list of tools does: VS Code keeps the tools of a version. */
  #version(): string {
    return `${VERSION}+${this.#gateway.listTools().length}`;
  }
}
