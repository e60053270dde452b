import * as vscode from 'vscode';
import type { Invoke } from '../../gateway/gateway.ts';
import type { Output } from '../../tools/registry.ts';
import { PERSON } from '../caller.ts';
import { cleanLabel, pickerLabel } from '../clean-text.ts';
import { COMMANDS } from '../ids.ts';
import { withCancel } from '../progress.ts';
import { type PickedOrganization, pickOrganization } from './pick-organization.ts';
import { personItem } from './picker-items.ts';
import type { CommandServices } from './services.ts';
import { tellError } from './tell-error.ts';

type Person = Output<'list_directory_users'>['items'][number];

/** Finds somebody by e-mail address in all directories of an organization. */
export async function findPerson(
  { accounts, details }: Pick<CommandServices, 'accounts' | 'details'>,
  given: PickedOrganization | undefined,
): Promise<void> {
  const { invoke } = accounts;
  const title = vscode.l10n.t('WorkOS: Find Person');
  const email = await askEmail(title);
  if (email === undefined) return;
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const organization = given ?? (await pickOrganization(invoke, { title, domain }));
  if (organization === undefined) return;
  const found = await search(invoke, organization, email);
  if (found === undefined) return;
  if (found.people.length === 0) {
    await tellNobody(organization, email, found);
    return;
  }
  const items = found.people.map((person) => personItem(vscode.l10n, person, found.directories));
  const placeHolder = vscode.l10n.t('{0} in {1}', email, pickerLabel(organization.name));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder,
    ignoreFocusOut: true,
    matchOnDetail: true,
  });
  if (chosen === undefined) return;
  const { person } = chosen;
  const directory = person.directory_id;
  const name = directory && found.directories.get(directory);
  await act(title, person, organization, async () => {
    if (directory !== undefined)
      await details.open({ kind: 'directory', id: directory, name: name ?? directory });
  });
}

async function askEmail(title: string): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('E-mail address, as the directory has it'),
    placeHolder: 'john.doe@example.com',
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/u.test(text.trim()) && text.trim().length <= 320
        ? undefined
        : vscode.l10n.t('Write a whole e-mail address, as john.doe@example.com.'),
  });
  return typed?.trim().toLowerCase();
}

interface Found {
  readonly people: readonly Person[];
  /** Names of the organization's directories, by id. */
  readonly directories: ReadonlyMap<string, string>;
  readonly complete: boolean;
}

async function search(
  invoke: Invoke,
  organization: PickedOrganization,
  email: string,
): Promise<Found | undefined> {
  const title = vscode.l10n.t('Looking for {0} in {1}', email, cleanLabel(organization.name));
  const { id } = organization;
  const outcome = await withCancel(title, async ({ signal, report }) => {
    const options = { signal, progress: ({ message }: { message: string }) => report(message) };
    const input = { organization: id, email, include_groups: true, limit: 100 };
    const [users, directories] = await Promise.all([
      invoke('list_directory_users', input, PERSON, options),
      invoke('list_directories', { organization: id, limit: 100 }, PERSON, { signal }),
    ]);
    return { users, directories, cancelled: signal.aborted };
  });
  const { users, directories, cancelled } = outcome;
  if (cancelled) return undefined;
  if (!users.ok) return (await tellError(users.error)) ? search(invoke, organization, email) : undefined;
  const rows = directories.ok ? directories.value.items : [];
  const names = new Map(rows.map(({ id: directory, name = directory }) => [directory, name]));
  return { people: users.value.items, directories: names, complete: users.value.complete };
}

async function tellNobody(
  organization: PickedOrganization,
  email: string,
  { directories, complete }: Found,
): Promise<void> {
  const name = cleanLabel(organization.name);
  if (directories.size === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('{0} has no directories, so WorkOS knows no people of it.', name),
    );
    return;
  }
  const searched = [...directories.values()].map((directory) => cleanLabel(directory)).join(', ');
  const text = complete
    ? vscode.l10n.t('Nobody in {0} has the address {1}. Searched: {2}.', name, email, searched)
    : vscode.l10n.t(
        'Time ran out before everybody in {0} was looked at. Not found so far: {1}.',
        name,
        email,
      );
  await vscode.window.showInformationMessage(text);
}

async function act(
  title: string,
  { id, name = id, directory_id }: Person,
  organization: PickedOrganization,
  openDirectory: () => Promise<void>,
): Promise<void> {
  const subject = { kind: 'user', id, name, organization: organization.id, directory: directory_id };
  const actions = [
    { label: `$(folder-library) ${vscode.l10n.t('Open Directory Details')}`, run: openDirectory },
    {
      label: `$(copy) ${vscode.l10n.t('Copy ID')}`,
      description: id,
      run: async () => vscode.env.clipboard.writeText(id),
    },
    {
      label: `$(comment-discussion) ${vscode.l10n.t('Ask Copilot About This')}`,
      run: async () => vscode.commands.executeCommand(COMMANDS.askCopilot, { subject }),
    },
  ];
  const options = { title, placeHolder: pickerLabel(name), ignoreFocusOut: true };
  await (await vscode.window.showQuickPick(actions, options))?.run();
}
