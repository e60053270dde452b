// What the parts of the suite of commands share.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Sandbox } from '../../../../src/sandbox/server.ts';
import type { SuiteContext } from '../../harness/suite.mts';
import { until } from '../../harness/tests.mts';
import type { Workbench } from '../../harness/workbench.mts';

export interface Bench {
  readonly test: SuiteContext['test'];
  readonly workbench: Workbench;
  readonly sandbox: Sandbox;
  /** The workspace of the window, where files are saved. */
  readonly folder: string;
}

/** An organization of the account by its name. */
export function organization(account: Sandbox['account'], name: string) {
  const found = account.organizations.find((each) => each.name === name);
  assert.ok(found, name);
  return found;
}

/** Waits until the clipboard has exactly this text. */
export async function clipboard(workbench: Workbench, text: string): Promise<void> {
  const read = () => workbench.host(({ vscode }) => vscode.env.clipboard.readText());
  await until(`${text} in the clipboard`, async () => (await read()) === text);
}

/** A saved file, row by row. */
export function readCsv(file: string): Record<string, string>[] {
  return parse(readFileSync(file), { columns: true });
}

/** Writes into the box that asks where to save, which stands in for a dialog in a browser. */
export async function saveAs(workbench: Workbench, file: string): Promise<void> {
  const proposed = workbench.quickInput.locator('.quick-input-box input');
  await until('the box', async () => (await proposed.inputValue()).startsWith(dirname(file)));
  await workbench.enter(file);
}
