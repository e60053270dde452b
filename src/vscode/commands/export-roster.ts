import * as vscode from 'vscode';
import type { Invoke } from '../../gateway/gateway.ts';
import type { Output } from '../../tools/registry.ts';
import { PERSON } from '../caller.ts';
import { cleanLabel } from '../text/clean-text.ts';
import { safeFileName } from '../text/file-names.ts';
import { withCancel } from '../progress.ts';
import { PAGE_SIZE, readAll } from '../export/read-all.ts';
import { chooseFile, saveFile, tellSaved } from '../export/save-file.ts';
import type { Subject } from '../views/subject.ts';
import { pickRoster, type RosterTarget } from './pick-roster.ts';
import { rosterCsv } from './roster.ts';
import type { OneAccount } from './one-account.ts';
import { tellError } from './tell-error.ts';

const FILTERS = { CSV: ['csv'] };

/** Saves the users of a directory or a group as CSV. Nothing is written before everything has been read. */
export async function exportRoster(
  { accounts, environments }: OneAccount,
  subject: Subject | undefined,
): Promise<void> {
  const invoke = accounts.at(environments.active());
  const title = vscode.l10n.t('WorkOS: Export Roster');
  const target = targetOf(subject) ?? (await pickRoster(invoke, title));
  if (target === undefined) return;
  const groups = await askGroups(title);
  if (groups === undefined) return;
  const day = new Date().toISOString().slice(0, 10);
  const file = await chooseFile(safeFileName(['workos-roster', target.name, day], 'csv'), FILTERS);
  if (file !== undefined) await readAndSave(invoke, target, groups, file);
}

function targetOf(subject: Subject | undefined): RosterTarget | undefined {
  if (subject?.kind === 'directory') return { name: subject.name, directory_id: subject.id };
  if (subject?.kind === 'group')
    return { name: subject.name, group: subject.id, directory_id: subject.directory };
  return undefined;
}

async function askGroups(title: string): Promise<boolean | undefined> {
  const without = {
    label: vscode.l10n.t('Users'),
    detail: vscode.l10n.t('Name, e-mail address, state, roles: one request per 100 users'),
    groups: false,
  };
  const withGroups = {
    label: vscode.l10n.t('Users with their groups'),
    detail: vscode.l10n.t('Slower: one more request per user'),
    groups: true,
  };
  const placeHolder = vscode.l10n.t('What should the roster contain?');
  const options = { title, placeHolder, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick([without, withGroups], options))?.groups;
}

async function readAndSave(
  invoke: Invoke,
  target: RosterTarget,
  groups: boolean,
  file: vscode.Uri,
): Promise<void> {
  const { items, ending, error } = await withCancel(
    vscode.l10n.t('Reading the roster of {0}', cleanLabel(target.name)),
    async ({ signal, report }) => readUsers(invoke, target, groups, signal, report),
  );
  if (error !== undefined) {
    if (await tellError(error)) await readAndSave(invoke, target, groups, file);
    return;
  }
  if (ending === 'cancelled') {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Cancelled after {0} users. No file was written.', items.length),
    );
    return;
  }
  const saved = await saveFile(file, rosterCsv(items, { groups }), FILTERS);
  if (saved === undefined) return;
  const message =
    items.length === 1 ? vscode.l10n.t('Saved 1 user.') : vscode.l10n.t('Saved {0} users.', items.length);
  await tellSaved(saved, message);
}

async function readUsers(
  invoke: Invoke,
  { directory_id, group }: RosterTarget,
  include_groups: boolean,
  signal: AbortSignal,
  report: (message: string, percent?: number) => void,
) {
  const limit = include_groups ? PAGE_SIZE / 4 : PAGE_SIZE;
  const input = { directory_id, group, limit, ...(include_groups && { include_groups }) };
  return readAll((cursor, options) => invoke('list_directory_users', { ...input, cursor }, PERSON, options), {
    signal,
    max: Infinity,
    progress: (read, { total }: Output<'list_directory_users'>) =>
      total === undefined
        ? report(vscode.l10n.t('{0} users', read))
        : report(vscode.l10n.t('{0} of {1} users', read, total), total === 0 ? 100 : (read / total) * 100),
  });
}
