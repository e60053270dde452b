import * as vscode from 'vscode';
import type { Observer } from '../../gateway/record.ts';
import { askForKey } from '../notices.ts';
import type { Settings } from '../settings.ts';
import { Accounts, type AccountsOptions, type Guards } from './accounts.ts';
import { Environments, SAMPLE } from './environments.ts';
import { requestKeyOnce } from './key-request.ts';
import { networkFrom } from './network.ts';
import { embeddedSample, hostedSample } from './sample-account.ts';
import { WriteAccess } from './write-access.ts';

export interface OpenAccountsOptions {
  readonly log: vscode.LogOutputChannel;
  readonly settings: Settings;
  readonly observers: readonly Observer[];
  readonly guards: Guards;
  /** Records the calls of an environment. */
  readonly audit: AccountsOptions['audit'];
  /** Where the tools run. */
  readonly executor: AccountsOptions['executor'];
  /** Called when who may write has changed. */
  readonly changed: () => void;
}

export interface OpenAccounts extends vscode.Disposable {
  readonly environments: Environments;
  readonly access: WriteAccess;
  readonly accounts: Accounts;
}

/** Opens the environments of this window, each with its gateway. */
export function openAccounts(
  context: vscode.ExtensionContext,
  { log, settings, observers: told, guards, audit, executor, changed }: OpenAccountsOptions,
): OpenAccounts {
  const emitter = new vscode.EventEmitter<void>();
  const hosted = hostedSample(process.env);
  const environments = new Environments(
    { secrets: context.secrets, state: context.globalState },
    { event: emitter.event, fire: () => emitter.fire() },
    hosted && SAMPLE,
  );
  const access = new WriteAccess(settings, changed);
  const observers = [...told, requestKeyOnce((trouble) => void askForKey(environments, trouble))];
  const sample = hosted === undefined ? embeddedSample : async () => hosted;
  const network = () => networkFrom((section) => vscode.workspace.getConfiguration(section), process.env);
  const wiring = { logger: log, observers, network, sample, executor, guards, audit };
  const accounts = new Accounts({ environments, access, ...wiring });
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
