// Lives in the extension host beside the product: runs what the test process sends, and is a language model.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runInThisContext } from 'node:vm';
import * as vscode from 'vscode';
import { ENV } from '../protocol.mts';
import { registerScriptedModel } from './model.ts';

/** Starts what the environment asks for, and nothing without it. */
export function activate(context: vscode.ExtensionContext): void {
  const folder = process.env[ENV.control];
  if (folder !== undefined) openPort(context, folder);
  const model = process.env[ENV.model];
  if (model !== undefined) context.subscriptions.push(registerScriptedModel(model));
}

/** Listens on 127.0.0.1 for functions to run here; the address and its password are left in `folder`. */
function openPort(context: vscode.ExtensionContext, folder: string): void {
  const token = randomBytes(24).toString('base64url');
  const scope = { vscode, context, state: {}, require };
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end();
      return;
    }
    void evaluate(request, scope).then((answer) => response.end(answer));
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    const file = join(folder, `${process.pid}.json`);
    writeFileSync(file, JSON.stringify({ port, token }), { mode: 0o600 });
  });
  context.subscriptions.push({
    dispose: () => {
      server.closeAllConnections();
      server.close();
    },
  });
}

/** The answer as JSON: `{value}` or `{error}`. */
async function evaluate(request: IncomingMessage, scope: object): Promise<string> {
  try {
    const { code, arg } = JSON.parse(await text(request));
    // The test process is the only one that knows the password: this is its own code.
    const run = runInThisContext(`(${code})`);
    return JSON.stringify({ value: await run(scope, arg) });
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
