import * as vscode from 'vscode';
import type { Invoke } from '../../gateway/gateway.ts';
import { cleanLabel, cutText, pickerLabel } from '../text/clean-text.ts';
import { COMMANDS } from '../ids.ts';
import { withCancel } from '../progress.ts';
import { firstFew } from '../views/tooltips.ts';
import type { OneAccount } from './one-account.ts';
import { type FoundPeople, type Person, searchPerson } from './person-search.ts';
import { type PickedOrganization, pickOrganization } from './pick-organization.ts';
import { personItem } from './picker-items.ts';
import { isStillIn } from './same-environment.ts';
import type { CommandServices } from './services.ts';
import { tellError } from './tell-error.ts';

type Services = OneAccount & Pick<CommandServices, 'details'>;

/** Finds somebody by e-mail address in all directories of an organization of one environment. */
export async function findPerson(services: Services, given: PickedOrganization | undefined): Promise<void> {
  const { accounts, details, environments } = services;
  const environment = environments.active();
  const invoke = accounts.at(environment);
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
  const person = await pickPerson(title, organization, email, found);
  if (person === undefined) return;
  const action = await pickAction(title, person);
  const { id, name = id, directory_id: directory } = person;
  if (action === 'copy') await vscode.env.clipboard.writeText(id);
  if (action === 'open' && directory !== undefined) {
    const named = found.directories.get(directory) ?? directory;
    await details.open({ kind: 'directory', id: directory, name: named }, environment);
  }
  // An agent asks about the environment of its window.
  if (action === 'ask' && (await isStillIn(environment, environments))) {
    const subject = { kind: 'user', id, name, organization: organization.id, directory };
    await vscode.commands.executeCommand(COMMANDS.askCopilot, { subject });
  }
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

async function search(
  invoke: Invoke,
  organization: PickedOrganization,
  email: string,
): Promise<FoundPeople | undefined> {
  const title = vscode.l10n.t('Looking for {0} in {1}', cleanLabel(email), cleanLabel(organization.name));
  const { outcome, cancelled } = await withCancel(title, async ({ signal, report }) => ({
    outcome: await searchPerson(invoke, { organization: organization.id, email, signal, report }),
    cancelled: signal.aborted,
  }));
  if (cancelled) return undefined;
  if (outcome.ok) return outcome.value;
  return (await tellError(outcome.error)) ? search(invoke, organization, email) : undefined;
}

async function tellNobody(
  organization: PickedOrganization,
  email: string,
  { directories, complete }: FoundPeople,
): Promise<void> {
  const name = cleanLabel(organization.name);
  if (directories.size === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('{0} has no directories, so WorkOS knows no people of it.', name),
    );
    return;
  }
  const names = [...directories.values()].map((directory) => cutText(cleanLabel(directory), 60));
  const address = cleanLabel(email);
  const text = complete
    ? vscode.l10n.t('Nobody in {0} has the address {1}. Searched: {2}.', name, address, firstFew(names, 5))
    : vscode.l10n.t(
        'Time ran out before everybody in {0} was looked at. Not found so far: {1}.',
        name,
        address,
      );
  await vscode.window.showInformationMessage(text);
}

async function pickPerson(
  title: string,
  { name }: PickedOrganization,
  email: string,
  { people, directories, complete }: FoundPeople,
): Promise<Person | undefined> {
  const [address, where] = [cleanLabel(email), cleanLabel(name)];
  const chosen = await vscode.window.showQuickPick(
    people.map((person) => personItem(vscode.l10n, person, directories)),
    {
      title,
      placeHolder: complete
        ? vscode.l10n.t('{0} in {1}', address, where)
        : vscode.l10n.t('{0} in {1}: there may be more, not everybody was looked at', address, where),
      ignoreFocusOut: true,
      matchOnDetail: true,
    },
  );
  return chosen?.person;
}

async function pickAction(
  title: string,
  { id, name = id, directory_id }: Person,
): Promise<'open' | 'copy' | 'ask' | undefined> {
  const open = {
    label: `$(folder-library) ${vscode.l10n.t('Open Directory Details')}`,
    action: 'open',
  } as const;
  const copy = {
    label: `$(copy) ${vscode.l10n.t('Copy ID')}`,
    description: pickerLabel(id),
    action: 'copy',
  } as const;
  const ask = {
    label: `$(comment-discussion) ${vscode.l10n.t('Ask Copilot About This')}`,
    action: 'ask',
  } as const;
  const mute = vscode.workspace.getConfiguration('chat').get('disableAIFeatures') === true;
  const actions = [...(directory_id === undefined ? [] : [open]), copy, ...(mute ? [] : [ask])];
  const options = { title, placeHolder: cleanLabel(name), ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(actions, options))?.action;
}
