import * as vscode from 'vscode';
import { COMMANDS, NEED_ACCOUNT, NEED_ENVIRONMENT } from '../ids.ts';
import { offerEnvironment } from '../notices.ts';
import { auditCommands } from './audit-commands.ts';
import { environmentCommands } from './environment-commands.ts';
import { readCommands } from './read-commands.ts';
import { guard } from './guard.ts';
import { tellStopped } from './kill-switch.ts';
import { safetyCommands } from './safety-commands.ts';
import type { CommandServices, Handler } from './services.ts';
import { tellError } from './tell-error.ts';
import { viewCommands } from './view-commands.ts';

/** Registers every command of the table. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  const handlers = {
    ...environmentCommands(services),
    ...readCommands(services),
    ...safetyCommands(services),
    ...auditCommands(services),
    ...viewCommands(services),
  };
  return vscode.Disposable.from(...register(COMMANDS, handlers, services));
}

function register<N extends string>(
  ids: Readonly<Record<N, string>>,
  handlers: Readonly<Record<N, Handler>>,
  { log, environments, kill }: Pick<CommandServices, 'log' | 'environments' | 'kill'>,
): vscode.Disposable[] {
  const registered: vscode.Disposable[] = [];
  for (const name in ids) {
    const id = ids[name];
    const failed = (cause: string) => {
      log.error(`${id}: ${cause}`);
      void tellError(vscode.l10n.t('The command could not be completed.'), { again: false });
    };
    const handler = handlers[name];
    const ready = (...args: readonly unknown[]) => {
      if (NEED_ACCOUNT.includes(id) && kill.state().stopped) return tellStopped();
      if (NEED_ENVIRONMENT.includes(id) && environments.active() === undefined)
        return offerEnvironment(environments);
      return handler(...args);
    };
    registered.push(vscode.commands.registerCommand(id, guard(ready, failed)));
  }
  return registered;
}
