import { indexedId, indexInId } from './ids.ts';
import { DEPARTMENTS, FIRST_NAMES, LAST_NAMES } from './names.ts';
import { hashText } from './random.ts';
import { type Rows, walk } from './rows.ts';
import { HOUR, iso } from './time.ts';
import type { DirectoryUser } from './types.ts';

/** What a directory's people are computed from; a row depends on its number only. */
export interface Roster {
  key: string;
  directoryId: string;
  organizationId: string;
  domain: string;
  count: number;
  from: number;
  to: number;
  departments: number;
  /** The last rows, newest last, that have a given name instead of a computed one. */
  newest: readonly { first: string; last: string; email: string }[];
}

const NAME_PAIRS = FIRST_NAMES.length * LAST_NAMES.length;
// An odd factor walks all 4,096 pairs of names before it repeats one.
const NAME_STRIDE = 2_741;
const KEPT_IN_MEMORY = 1_000;

function givenName(roster: Roster, index: number): Roster['newest'][number] | undefined {
  return roster.newest[index - (roster.count - roster.newest.length)];
}

function computedName(roster: Roster, index: number): Roster['newest'][number] {
  const pair = (index * NAME_STRIDE + hashText(roster.key)) % NAME_PAIRS;
  const first = FIRST_NAMES[pair % FIRST_NAMES.length] ?? 'Ada';
  const last = LAST_NAMES[Math.floor(pair / FIRST_NAMES.length)] ?? 'Abbott';
  const round = Math.floor(index / NAME_PAIRS);
  const suffix = round === 0 ? '' : String(round + 1);
  return { first, last, email: `${first}.${last}${suffix}@${roster.domain}`.toLowerCase() };
}

function stateAt(roster: Roster, index: number): DirectoryUser['state'] {
  if (givenName(roster, index) !== undefined) return 'active';
  if (index % 29 === 11) return 'suspended';
  return index % 31 === 17 ? 'inactive' : 'active';
}

/** When the person with this row number appeared in the directory. */
export function joinedAt(roster: Roster, index: number): number {
  const step = (roster.to - roster.from) / Math.max(1, roster.count - 1);
  return Math.floor(roster.from + step * index);
}

function userAt(roster: Roster, index: number): DirectoryUser {
  const { first, last, email } = givenName(roster, index) ?? computedName(roster, index);
  const joined = joinedAt(roster, index);
  return {
    object: 'directory_user',
    id: indexedId('directory_user', joined, hashText(roster.key), index),
    directory_id: roster.directoryId,
    organization_id: roster.organizationId,
    idp_id: `00u${hashText(`${roster.key}:${index}`).toString(36).padStart(7, '0')}${index.toString(36)}`,
    email,
    first_name: first,
    last_name: last,
    name: `${first} ${last}`,
    state: stateAt(roster, index),
    raw_attributes: {},
    custom_attributes: { department_name: DEPARTMENTS[index % roster.departments] ?? DEPARTMENTS[0] },
    role: { slug: index % 24 === 3 ? 'admin' : 'member' },
    groups: [],
    created_at: iso(joined),
    updated_at: iso(Math.min(joined + ((index * 7) % 11) * HOUR, roster.to)),
  };
}

/** The people of a roster; a small directory keeps its rows, so that a test can change one in place. */
export function rosterUsers(roster: Roster): Rows<DirectoryUser> {
  const kept = new Map<number, DirectoryUser>();
  const at = (index: number): DirectoryUser | undefined => {
    if (index < 0 || index >= roster.count) return undefined;
    const row = kept.get(index) ?? userAt(roster, index);
    if (roster.count <= KEPT_IN_MEMORY) kept.set(index, row);
    return row;
  };
  const rows = { length: roster.count, at };
  return {
    ...rows,
    indexOf: (id) => {
      const index = indexInId(id);
      return at(index)?.id === id ? index : -1;
    },
    [Symbol.iterator]: () => walk(rows),
  };
}

/** How many people of a roster are active, and how many are not. */
export function countStates(roster: Roster): { active: number; inactive: number } {
  let active = 0;
  for (let index = 0; index < roster.count; index += 1) {
    if (stateAt(roster, index) === 'active') active += 1;
  }
  return { active, inactive: roster.count - active };
}
