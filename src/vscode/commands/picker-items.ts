import type { Output } from '../../tools/registry.ts';
import { cleanLabel, pickerLabel } from '../text/clean-text.ts';
import { joinParts } from '../text/join-parts.ts';
import type { L10n } from '../text/l10n.ts';
import { stateWord } from '../text/words.ts';

type Organization = Output<'list_workos_organizations'>['items'][number];
type Person = Output<'list_directory_users'>['items'][number];

/** An organization as a picker shows it: nothing in its names makes an icon. */
export function organizationItem({ id, name = id, domains = [] }: Organization) {
  return {
    label: pickerLabel(name) || pickerLabel(id),
    description: pickerLabel(domains.map(({ domain }) => domain).join(', ')),
    // The account was searched already: the picker's own matching must not hide what it found.
    alwaysShow: true,
    organization: { id, name: cleanLabel(name) || cleanLabel(id) },
  };
}

/** A person as a picker shows them, with directory and groups. */
export function personItem(l10n: L10n, person: Person, directories: ReadonlyMap<string, string>) {
  const { id, name = id, email = '', state, groups = [], directory_id: directory = '' } = person;
  const where = directories.get(directory) ?? directory;
  const member = groups.length > 0 ? groups.join(', ') : l10n.t('in no group');
  return {
    label: `$(person) ${pickerLabel(name) || pickerLabel(id)}`,
    description: pickerLabel(joinParts([email, stateWord(l10n, state)])),
    detail: pickerLabel(joinParts([where, member])),
    person,
  };
}
