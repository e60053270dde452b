import * as vscode from 'vscode';
import type { CallRecord } from './gateway/record.ts';
import { Accounts } from './vscode/accounts.ts';
import { registerCommands } from './vscode/commands/register.ts';
import { DetailDocuments } from './vscode/details.ts';
import { Environments, SAMPLE } from './vscode/environments.ts';
import { CONTEXT, SCHEME } from './vscode/ids.ts';
import { McpEndpoint } from './vscode/mcp-endpoint.ts';
import { hostedSample } from './vscode/sample-account.ts';
import { StatusBar } from './vscode/status-bar.ts';
import { createTrees } from './vscode/views/trees.ts';
import { WriteAccess } from './vscode/write-access.ts';

/** Wires the extension. Nothing goes out to the network before a person or an agent asks for it. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('WorkOS', { log: true });
  const emitter = new vscode.EventEmitter<void>();
  const changedEvent = { event: emitter.event, fire: () => emitter.fire() };
  const hosted = hostedSample(process.env);
  const environments = new Environments(
    { secrets: context.secrets, state: context.globalState },
    changedEvent,
    hosted && SAMPLE,
  );
  const access = new WriteAccess(() => vscode.workspace.getConfiguration('workos'));
  const accounts = new Accounts({
    environments,
    access,
    logger: log,
    observers: [(record) => log.info(describe(record))],
    hosted,
  });
  const endpoint = new McpEndpoint(accounts, log);
  const details = new DetailDocuments(accounts.invoke);
  const trees = createTrees(accounts.invoke, () => environments.active() !== undefined);
  const status = new StatusBar();

  const changed = () => {
    const environment = environments.active();
    status.show(environment, access.policy(environment).readOnly !== undefined);
    void vscode.commands.executeCommand('setContext', CONTEXT.hasEnvironment, environment !== undefined);
    endpoint.toolsChanged().catch((error: unknown) => log.warn(String(error)));
  };
  const services = { environments, accounts, access, endpoint, trees, details, log, changed };
  context.subscriptions.push(
    log,
    emitter,
    endpoint,
    endpoint.register(),
    status,
    trees,
    registerCommands(services),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, details),
    environments.onDidChange(() => {
      changed();
      trees.refresh();
    }),
    context.secrets.onDidChange(({ key }) => environments.keyChanged(key)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('workos')) changed();
    }),
    { dispose: () => void accounts.close() },
  );
  changed();
}

function describe({ tool, caller, ms, bytes, status }: CallRecord): string {
  const who = caller.kind === 'agent' ? caller.client.name : caller.surface;
  return `${tool} ${who} ${Math.round(ms)} ms ${bytes} bytes ${status}`;
}
