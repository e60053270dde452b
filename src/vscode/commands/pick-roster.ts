import * as vscode from 'vscode';
import type { Invoke } from '../../gateway/gateway.ts';
import { PERSON } from '../caller.ts';
import { pickerLabel } from '../text/clean-text.ts';
import { joinParts } from '../text/join-parts.ts';
import { PAGE_SIZE, type Reading, readAll } from '../export/read-all.ts';
import { withCancel } from '../progress.ts';
import { stateWord } from '../text/words.ts';
import { pickOrganization } from './pick-organization.ts';
import { tellError } from './tell-error.ts';

/** Whose users are meant: those of a directory, or of one group of it. */
export interface RosterTarget {
  readonly name: string;
  readonly directory_id?: string | undefined;
  readonly group?: string | undefined;
}

/** More directories or groups than this are no list to choose from. */
const MOST = 1_000;

/** Leads from an organization to one of its directories, whole or a group of it. */
export async function pickRoster(invoke: Invoke, title: string): Promise<RosterTarget | undefined> {
  const organization = await pickOrganization(invoke, { title });
  if (organization === undefined) return undefined;
  const directories = await reading(title, (signal) =>
    readAll(
      (cursor, options) =>
        invoke(
          'list_directories',
          { organization: organization.id, limit: PAGE_SIZE, cursor },
          PERSON,
          options,
        ),
      { signal, max: MOST },
    ),
  );
  if (directories === undefined) return undefined;
  if (directories.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('{0} has no directories, so it has no roster.', organization.name),
    );
    return undefined;
  }
  const items = directories.map(({ id, name = id, provider, state }) => ({
    label: pickerLabel(name) || pickerLabel(id),
    description: pickerLabel(joinParts([provider, stateWord(vscode.l10n, state)])),
    target: { name, directory_id: id },
  }));
  const placeHolder = vscode.l10n.t('Choose a directory');
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true });
  return chosen && pickGroup(invoke, title, chosen.target);
}

async function pickGroup(
  invoke: Invoke,
  title: string,
  directory: { readonly name: string; readonly directory_id: string },
): Promise<RosterTarget | undefined> {
  const { directory_id } = directory;
  const groups = await reading(title, (signal) =>
    readAll(
      (cursor, options) =>
        invoke('list_directory_groups', { directory_id, limit: PAGE_SIZE, cursor }, PERSON, options),
      { signal, max: MOST },
    ),
  );
  if (groups === undefined) return undefined;
  const whole = {
    label: `$(folder-library) ${vscode.l10n.t('The whole directory')}`,
    description: pickerLabel(directory.name),
    target: directory,
  };
  const items = groups.map(({ id, name = id }) => ({
    label: `$(organization) ${pickerLabel(name) || pickerLabel(id)}`,
    description: '',
    target: { name, directory_id, group: id },
  }));
  const placeHolder = vscode.l10n.t('Whose users?');
  const options = { title, placeHolder, ignoreFocusOut: true };
  return (
    await vscode.window.showQuickPick<{ label: string; target: RosterTarget }>([whole, ...items], options)
  )?.target;
}

/** Reads what there is to choose from; `undefined` when it was given up. */
async function reading<T, P>(
  title: string,
  read: (signal: AbortSignal) => Promise<Reading<T, P>>,
): Promise<readonly T[] | undefined> {
  const { items, error, ending } = await withCancel(title, async ({ signal }) => read(signal));
  if (error !== undefined) return (await tellError(error)) ? reading(title, read) : undefined;
  return ending === 'cancelled' ? undefined : items;
}
