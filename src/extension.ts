import * as vscode from 'vscode';
import { isolated } from './isolate/isolated.ts';
import { Accounts, type Guards } from './vscode/environments/accounts.ts';
import { logCalls } from './vscode/call-log.ts';
import { registerCommands } from './vscode/commands/register.ts';
import { Environments, SAMPLE } from './vscode/environments/environments.ts';
import { openDocuments } from './vscode/documents.ts';
import { CONTEXT } from './vscode/ids.ts';
import { requestKeyOnce } from './vscode/environments/key-request.ts';
import { networkFrom } from './vscode/environments/network.ts';
import { McpEndpoint } from './vscode/endpoint/mcp-endpoint.ts';
import { mcpHostOf } from './vscode/endpoint/mcp-hosts.ts';
import { askForKey, tellEndpointFailed, tellOfConfiguration } from './vscode/notices.ts';
import { closeTrail } from './vscode/audit/close-trail.ts';
import { openAudit } from './vscode/audit/open-audit.ts';
import type { AuditRoom } from './vscode/audit/audit-room.ts';
import { RecentCalls } from './vscode/recent-calls.ts';
import { embeddedSample, hostedSample } from './vscode/environments/sample-account.ts';
import { StatusBar } from './vscode/status-bar.ts';
import { openSafety } from './vscode/serving/safety.ts';
import type { Serving } from './vscode/serving/serving.ts';
import { createUriHandler } from './vscode/uri-handler.ts';
import { createTrees } from './vscode/views/trees.ts';
import { WriteAccess } from './vscode/environments/write-access.ts';

/** Wires the extension. Nothing goes out to the network before a person or an agent asks for it. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('WorkOS', { log: true });
  const warn = (error: unknown) => log.warn(String(error));
  const calls = new RecentCalls();
  const audit = openAudit({ context, settings, access: () => access, log });
  const safety = openSafety({ settings, log, events: audit.trail.events, changed: () => servingChanged() });
  const { serving, kill, approvals, guards } = safety;
  const opened = openAccounts(context, { log, calls, guards, audit, changed: () => changed() });
  const { environments, access, accounts } = opened;
  const { halted } = serving;
  const endpoint = new McpEndpoint({
    gateway: accounts,
    logger: log,
    settled: () => accounts.settled(),
    failed: () => void tellEndpointFailed(),
    halted,
  });
  const documents = openDocuments({ accounts, environments, privacy: guards.privacy });
  const { details, events } = documents;
  const account = { active: () => environments.active(), key: (id: string) => environments.key(id) };
  const trees = createTrees({ invoke: accounts.invoke, account, memory: context.workspaceState, halted });
  const status = new StatusBar();

  const changed = ({ account: another } = { account: false }) => {
    status.show(environments.active(), access, serving.known());
    showContext(environments, serving);
    audit.trail.policyMayHaveChanged();
    endpoint.changed({ account: another }).catch(warn);
  };
  const servingChanged = () => {
    changed();
    endpoint.obey().catch(warn);
    trees.servingChanged();
  };
  const { extension } = context;
  const rooms = { audit, environments, accounts, access, kill, approvals, endpoint, trees, details, events };
  context.subscriptions.push(
    safety,
    opened,
    endpoint,
    status,
    trees,
    documents,
    audit,
    registerCommands({ ...rooms, log, calls, extension }),
    registerEndpoint(context, endpoint),
    vscode.window.registerUriHandler(createUriHandler(environments, details)),
    environments.onDidChange(() => {
      changed({ account: true });
      trees.environmentChanged().catch(warn);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('workos')) return;
      // Looks at the lockfile, and tells when it decides otherwise now.
      serving.halt();
      changed();
    }),
    log,
  );
  changed();
  environments.recover().catch(warn);
}

/** Ends what has to be on disk before the editor goes. */
export async function deactivate(): Promise<void> {
  await ending();
}

let ending: () => Promise<void> = async () => undefined;

const settings = () => vscode.workspace.getConfiguration('workos');

/** What menus and welcome texts look at. Until this ran, nobody knows whether there is an environment. */
function showContext(environments: Environments, serving: Serving): void {
  const halt = serving.known();
  const values = [
    [CONTEXT.stopped, halt === 'stopped'],
    [CONTEXT.locked, halt === 'locked'],
    [CONTEXT.hasEnvironment, environments.active() !== undefined],
    [CONTEXT.hasStored, environments.list().length > 0],
    [CONTEXT.active, true],
  ] as const;
  for (const [key, value] of values) void vscode.commands.executeCommand('setContext', key, value);
}

interface AccountsContext {
  readonly log: vscode.LogOutputChannel;
  readonly calls: RecentCalls;
  readonly guards: Guards;
  readonly audit: Pick<AuditRoom, 'trail'>;
  readonly changed: () => void;
}

function openAccounts(context: vscode.ExtensionContext, wired: AccountsContext) {
  const { log, calls, guards, changed } = wired;
  const { trail } = wired.audit;
  const emitter = new vscode.EventEmitter<void>();
  const hosted = hostedSample(process.env);
  const environments = new Environments(
    { secrets: context.secrets, state: context.globalState },
    { event: emitter.event, fire: () => emitter.fire() },
    hosted && SAMPLE,
  );
  const access = new WriteAccess(settings, changed);
  const observers = [
    logCalls((line) => log.info(line)),
    calls.observe,
    requestKeyOnce((trouble) => void askForKey(environments, trouble)),
  ];
  const sample = hosted === undefined ? embeddedSample : async () => hosted;
  const network = () => networkFrom((section) => vscode.workspace.getConfiguration(section), process.env);
  const executor = isolated({
    file: context.asAbsolutePath('dist/isolate.js'),
    started: once((assurance) => log.info(`Tools run in: ${assurance}`)),
  });
  const wiring = { logger: log, observers, network, sample, executor, guards, audit: trail.audit };
  const accounts = new Accounts({ environments, access, ...wiring });
  ending = () => closeTrail(trail, accounts);
  const watching = vscode.Disposable.from(
    access,
    emitter,
    context.secrets.onDidChange(({ key }) => {
      environments.secretChanged(key).catch((error: unknown) => log.warn(String(error)));
    }),
  );
  const dispose = () => {
    watching.dispose();
    accounts.close().catch((error: unknown) => log.warn(String(error)));
  };
  return { environments, access, accounts, dispose };
}

/** Lets through the first call only. */
function once(tell: (text: string) => void): (text: string) => void {
  let told = false;
  return (text) => {
    if (!told) tell(text);
    told = true;
  };
}

/** Tells the editor of the endpoint. Coming back to the window after long, as after sleep, it is looked at again. */
function registerEndpoint(context: vscode.ExtensionContext, endpoint: McpEndpoint): vscode.Disposable {
  const host = mcpHostOf(vscode);
  if (host.kind === 'configuration') void tellOfConfiguration(context.globalState);
  return vscode.Disposable.from(
    endpoint.register(host),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) endpoint.check();
    }),
  );
}
