import * as vscode from 'vscode';
import { isolated } from './isolate/isolated.ts';
import { recordRecovery, recordRefusal, recordSighting } from './metrics/record-incidents.ts';
import { logCalls } from './vscode/call-log.ts';
import { registerCommands } from './vscode/commands/register.ts';
import type { Environments } from './vscode/environments/environments.ts';
import { openAccounts } from './vscode/environments/open-accounts.ts';
import { openDocuments } from './vscode/documents.ts';
import { openFigures } from './vscode/figures/open-figures.ts';
import { CONTEXT } from './vscode/ids.ts';
import type { McpEndpoint } from './vscode/endpoint/mcp-endpoint.ts';
import { mcpHostOf } from './vscode/endpoint/mcp-hosts.ts';
import { tellOfConfiguration } from './vscode/notices.ts';
import { closeTrail } from './vscode/audit/close-trail.ts';
import { openAudit } from './vscode/audit/open-audit.ts';
import { openEndpoint } from './vscode/endpoint/open-endpoint.ts';
import { tellRecoveries } from './vscode/recoveries.ts';
import { showRecovery } from './vscode/recovery-notice.ts';
import { RecentCalls } from './vscode/recent-calls.ts';
import { StatusBar } from './vscode/status-bar.ts';
import { openSafety } from './vscode/serving/safety.ts';
import type { Serving } from './vscode/serving/serving.ts';
import { createUriHandler } from './vscode/uri-handler.ts';
import { createTrees } from './vscode/views/trees.ts';

/** Wires the extension. Nothing goes out to the network before a person or an agent asks for it. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('WorkOS', { log: true });
  const warn = (error: unknown) => log.warn(String(error));
  const calls = new RecentCalls();
  const heard = { changed: () => changed(), servingChanged: () => servingChanged() };
  const core = openCore(context, { log, calls, ...heard });
  const { audit, serving, kill, approvals, figures, environments, access, accounts, endpoint, tokens } = core;
  const { lookout } = core;
  const { halted } = serving;
  const documents = openDocuments({ accounts, environments, privacy: core.privacy });
  const { details, events, diagnostics } = documents;
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
  const guarding = { access, kill, lookout, approvals, tokens, audit, figures: figures.document };
  const shown = { endpoint, trees, details, events, diagnostics };
  context.subscriptions.push(
    ...core.opened,
    status,
    trees,
    documents,
    registerCommands({ environments, accounts, ...guarding, ...shown, log, calls, extension }),
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
      if (event.affectsConfiguration('workos.endpoint')) endpoint.move().catch(warn);
    }),
    log,
  );
  changed();
  environments.recover().catch(warn);
}

interface CoreOptions {
  readonly log: vscode.LogOutputChannel;
  readonly calls: RecentCalls;
  /** Called when tools or their permissions may have changed. */
  readonly changed: () => void;
  /** Called when serving ends or begins again. */
  readonly servingChanged: () => void;
}

/** Opens all that calls go through: what guards, records and measures them, the accounts, and the way in for clients. */
function openCore(context: vscode.ExtensionContext, { log, calls, changed, servingChanged }: CoreOptions) {
  const audit = openAudit({ context, settings, access: () => accounts.access, log });
  const { trail } = audit;
  const safety = openSafety({
    settings,
    log,
    events: trail.events,
    changed: servingChanged,
    sighted: (sighting) => recordSighting(figures.meter, trail.events)(sighting),
  });
  const { serving, kill, approvals, guards } = safety;
  const figures = openFigures({ context, settings, kill, log });
  const { meter } = figures;
  const keep = recordRecovery(meter, trail.events);
  const recovered = tellRecoveries({ log, keep, show: (recovery) => void showRecovery(recovery, log) });
  const executor = isolated({
    file: context.asAbsolutePath('dist/isolate.js'),
    started: once((assurance) => log.info(`Tools run in: ${assurance}`)),
    recovered,
  });
  const observers = [logCalls((line) => log.info(line)), calls.observe, meter.observe];
  const wiring = { observers, guards, audit: trail.audit, executor };
  const accounts = openAccounts(context, { log, settings, changed, ...wiring });
  const entry = openEndpoint({
    accounts: accounts.accounts,
    log,
    settings,
    halted: serving.halted,
    events: trail.events,
    lookout: guards.lookout,
    onSessions: (open) => meter.sessions(open),
    recovered,
    refused: recordRefusal(meter, trail.events),
  });
  ending = () => closeTrail(trail, accounts.accounts, entry.gate);
  return {
    ...accounts,
    ...entry,
    audit,
    serving,
    kill,
    approvals,
    figures,
    privacy: guards.privacy,
    lookout: guards.lookout,
    opened: [safety, accounts, figures, entry, audit],
  };
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
    [CONTEXT.stopped, halt === 'stopped' || halt === 'quarantined'],
    [CONTEXT.locked, halt === 'locked'],
    [CONTEXT.hasEnvironment, environments.active() !== undefined],
    [CONTEXT.hasStored, environments.list().length > 0],
    [CONTEXT.active, true],
  ] as const;
  for (const [key, value] of values) void vscode.commands.executeCommand('setContext', key, value);
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
