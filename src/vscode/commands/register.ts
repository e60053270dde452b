import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import { environmentCommands } from './environment-commands.ts';
import { readCommands } from './read-commands.ts';
import type { CommandServices, Handlers } from './services.ts';
import { viewCommands } from './view-commands.ts';

/** Registers every command of the table. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  const handlers: Handlers = {
    ...environmentCommands(services),
    ...readCommands(services),
    ...viewCommands(services),
  };
  return vscode.Disposable.from(
    ...Object.entries(COMMANDS).map(([name, id]) =>
      vscode.commands.registerCommand(id, handlerOf(handlers, name)),
    ),
  );
}

function handlerOf(handlers: Handlers, name: string): (...args: readonly unknown[]) => unknown {
  const found = Object.entries(handlers).find(([known]) => known === name);
  if (found === undefined) throw new Error(`No handler for ${name}.`);
  return found[1];
}
