import type { Output } from '../../tools/registry.ts';
import { type CsvRow, joinCell, toCsv } from '../../shared/csv.ts';

/** A user as the list of users gives it. */
export type RosterUser = Output<'list_directory_users'>['items'][number];

const BASE = ['id', 'name', 'email', 'state', 'roles'];

/** Users as CSV: groups, id at the provider and custom attributes have columns where they are known. */
export function rosterCsv(users: readonly RosterUser[], { groups }: { readonly groups: boolean }): string {
  const attributes = new Set(users.flatMap(({ custom_attributes = {} }) => Object.keys(custom_attributes)));
  const columns = [
    ...BASE,
    ...(groups ? ['groups'] : []),
    ...(users.some(({ idp_id }) => idp_id !== undefined) ? ['idp_id'] : []),
    'created_at',
    ...[...attributes].toSorted().map((key) => `custom.${key}`),
  ];
  return toCsv(columns, users.map(csvRow));
}

function csvRow({
  id,
  name,
  email,
  state,
  roles,
  groups,
  idp_id,
  created_at,
  custom_attributes,
}: RosterUser): CsvRow {
  const custom = Object.entries(custom_attributes ?? {}).map(
    ([key, value]) => [`custom.${key}`, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  return {
    ...Object.fromEntries(custom),
    id,
    name,
    email,
    state,
    roles: roles && joinCell(roles),
    groups: groups && joinCell(groups),
    idp_id,
    created_at,
  };
}
