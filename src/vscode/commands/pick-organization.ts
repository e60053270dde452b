import * as vscode from 'vscode';
import type { Invoke, Outcome } from '../../gateway/gateway.ts';
import type { Output } from '../../tools/registry.ts';
import { PERSON } from '../caller.ts';
import { pickerLabel } from '../text/clean-text.ts';
import { SearchAsTyped } from '../search-as-typed.ts';
import { organizationItem } from './picker-items.ts';

type Organizations = Outcome<Output<'list_workos_organizations'>>;
const SHOWN = 50;

/** An organization that was chosen. */
export interface PickedOrganization {
  readonly id: string;
  readonly name: string;
}

interface Item extends vscode.QuickPickItem {
  readonly organization?: PickedOrganization;
}

export interface PickOptions {
  readonly title: string;
  /** Organizations that have this domain come first. */
  readonly domain?: string | undefined;
}

/** Lets the person choose an organization, searching the whole account as they type. */
export async function pickOrganization(
  invoke: Invoke,
  { title, domain }: PickOptions,
): Promise<PickedOrganization | undefined> {
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = title;
  picker.placeholder = vscode.l10n.t('Choose an organization: type a part of its name, or its domain');
  picker.ignoreFocusOut = true;
  const searching = new SearchAsTyped<Item[]>({
    search: async (text, signal) => findItems(invoke, text.trim(), text === '' ? domain : undefined, signal),
    show: (items) => {
      picker.items = items;
    },
    busy: (busy) => {
      picker.busy = busy;
    },
  });
  const answer = Promise.withResolvers<PickedOrganization | undefined>();
  const listeners = [
    picker.onDidChangeValue((text) => searching.type(text)),
    picker.onDidAccept(() => {
      const [item] = picker.selectedItems;
      if (item?.organization !== undefined) answer.resolve(item.organization);
      else if (item !== undefined) void searching.now(picker.value);
    }),
    picker.onDidHide(() => answer.resolve(undefined)),
  ];
  picker.show();
  void searching.now('');
  try {
    return await answer.promise;
  } finally {
    searching.dispose();
    vscode.Disposable.from(...listeners, picker).dispose();
  }
}

async function findItems(
  invoke: Invoke,
  text: string,
  preselected: string | undefined,
  signal: AbortSignal,
): Promise<Item[]> {
  const domain = preselected ?? (/^[^\s.,@]+(\.[^\s.,@]+)+$/u.test(text) ? text : undefined);
  const ask = (input: object) =>
    invoke('list_workos_organizations', { ...input, limit: SHOWN }, PERSON, { signal });
  const [owning, named] = await Promise.all([
    domain === undefined ? undefined : ask({ domain }),
    ask(text === '' ? {} : { search: text.slice(0, 200) }),
  ]);
  const owners = owning === undefined ? [] : itemsOf(owning);
  const seen = new Set(owners.map(({ organization }) => organization?.id));
  const others = itemsOf(named).filter(({ organization }) => !seen.has(organization?.id));
  const items = [...owners, ...others];
  if (items.length > 0) return items;
  return [
    { label: vscode.l10n.t('No organization has this in its name or as its domain'), alwaysShow: true },
  ];
}

function itemsOf(outcome: Organizations): Item[] {
  if (!outcome.ok) {
    const { message, hint } = outcome.error;
    const detail = [hint, vscode.l10n.t('Select to try again.')].filter(Boolean).join(' ');
    return [{ label: `$(error) ${pickerLabel(message)}`, detail: pickerLabel(detail), alwaysShow: true }];
  }
  return outcome.value.items.map(organizationItem);
}
