import type { Invoke, Outcome } from '../../gateway/gateway.ts';
import type { Output } from '../../tools/registry.ts';
import { PERSON } from '../caller.ts';
import { PAGE_SIZE, readAll } from '../export/read-all.ts';

/** More directories than this have no organization. */
const MOST_DIRECTORIES = 1_000;

export type Person = Output<'list_directory_users'>['items'][number];

/** Who has an e-mail address in the directories of an organization. */
export interface FoundPeople {
  readonly people: readonly Person[];
  /** Names of the organization's directories, by id. */
  readonly directories: ReadonlyMap<string, string>;
  /** False when not everybody was looked at. */
  readonly complete: boolean;
}

export interface Search {
  /** Id of the organization. */
  readonly organization: string;
  readonly email: string;
  readonly signal: AbortSignal;
  readonly report: (message: string) => void;
}

/** Looks for a person, and for the names of all directories they may be in. */
export async function searchPerson(
  invoke: Invoke,
  { organization, email, signal, report }: Search,
): Promise<Outcome<FoundPeople>> {
  const options = { signal, progress: ({ message }: { readonly message: string }) => report(message) };
  const input = { organization, email, include_groups: true, limit: PAGE_SIZE };
  const [users, directories] = await Promise.all([
    invoke('list_directory_users', input, PERSON, options),
    readAll(
      (cursor, reading) =>
        invoke('list_directories', { organization, limit: PAGE_SIZE, cursor }, PERSON, reading),
      { signal, max: MOST_DIRECTORIES },
    ),
  ]);
  if (!users.ok) return users;
  const names = new Map(directories.items.map(({ id, name = '' }) => [id, name === '' ? id : name]));
  const { items, complete } = users.value;
  return { ok: true, value: { people: items, directories: names, complete } };
}
