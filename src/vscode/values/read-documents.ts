import * as vscode from 'vscode';
import type { StoredEnvironment } from '../environments/environments.ts';
import { CONTEXT, SCHEME } from '../ids.ts';
import type { Reading } from './masked.ts';

/** From where a document is read, and whether with the values that agents do not get. */
export interface HowToRead {
  readonly environment: StoredEnvironment | undefined;
  readonly whole: boolean;
}

/** True while a tab shows the document: one that was closed meanwhile gets no values. */
export function isOpen(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );
}

/** Documents that are read masked or whole. */
export interface ReadDocuments {
  readonly onDidChange: vscode.Event<vscode.Uri>;
  /** What has been read, by address of the document. */
  readings(): readonly (readonly [string, Reading])[];
  /** Lets go of values that a person chose to see. */
  closed(uri: vscode.Uri): void;
  /** Lets go of everything. */
  clear(): void;
}

/**
 * Tells menus which documents mask values and which show them. Once its tab is closed, a document shows none; once other
 * values are to be masked, each has to be read again.
 */
export function followDocuments(...all: readonly ReadDocuments[]): vscode.Disposable {
  const tell = () => {
    const readings = all.flatMap((documents) => documents.readings());
    const of = (chosen: (reading: Reading) => boolean) =>
      readings.filter(([, reading]) => chosen(reading)).map(([address]) => address);
    setContext(
      CONTEXT.masked,
      of(({ whole, masked }) => !whole && masked !== undefined),
    );
    setContext(
      CONTEXT.whole,
      of(({ whole }) => whole),
    );
  };
  return vscode.Disposable.from(
    ...all.map(({ onDidChange }) => onDidChange(tell)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('workos.privacy')) for (const documents of all) documents.clear();
    }),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      const open = new Set(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(addressOf)));
      for (const tab of closed) {
        const { input } = tab;
        if (!(input instanceof vscode.TabInputText) || open.has(addressOf(tab))) continue;
        if (input.uri.scheme === SCHEME) for (const documents of all) documents.closed(input.uri);
      }
    }),
  );
}

function addressOf({ input }: vscode.Tab): string | undefined {
  return input instanceof vscode.TabInputText ? input.uri.toString() : undefined;
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
