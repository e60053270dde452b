import { objectId } from './ids.ts';
import { DEPARTMENTS } from './names.ts';
import { hashText } from './random.ts';
import { type Roster, rosterUsers } from './roster.ts';
import { arrayRows, type Rows, walk } from './rows.ts';
import { iso, MINUTE } from './time.ts';
import type { DirectoryGroup, DirectoryUser } from './types.ts';

/** Which generated people a group holds: every `stride`th row from `offset`, and the rows named. */
export interface GroupRule {
  name: string;
  stride: number;
  offset: number;
  also: readonly number[];
  /** When the group appeared, if not with the directory. */
  created?: number;
}

/** One group per department, and the directory's own groups after them. */
export function groupRules(departments: number, own: readonly GroupRule[]): GroupRule[] {
  const perDepartment = DEPARTMENTS.slice(0, departments).map((name, offset) => ({
    name,
    stride: departments,
    offset,
    also: [],
  }));
  return [...perDepartment, ...own];
}

function generatedGroup(roster: Roster, rule: GroupRule, place: number): DirectoryGroup {
  const time = rule.created ?? roster.from + place * MINUTE;
  const created = iso(time);
  const key = `${roster.key}:group:${rule.name}`;
  return {
    object: 'directory_group',
    id: objectId('directory_group', time, key),
    idp_id: `00g${hashText(key).toString(36).padStart(7, '0')}`,
    directory_id: roster.directoryId,
    organization_id: roster.organizationId,
    name: rule.name,
    created_at: created,
    updated_at: created,
  };
}

/** The users and groups of one directory: generated ones first, then those a test has added. */
export class DirectoryPeople {
  readonly users: Rows<DirectoryUser>;
  readonly groups: DirectoryGroup[];
  readonly #generated: Rows<DirectoryUser>;
  readonly #added: DirectoryUser[] = [];
  readonly #rules = new Map<string, GroupRule>();
  readonly #members = new Map<string, number[]>();
  readonly #addedMembers = new Map<string, Set<string>>();

  constructor(roster: Roster | undefined, rules: readonly GroupRule[]) {
    this.#generated = roster === undefined ? arrayRows<DirectoryUser>([]) : rosterUsers(roster);
    this.groups = roster === undefined ? [] : rules.map((rule, place) => generatedGroup(roster, rule, place));
    for (const [place, group] of this.groups.entries()) {
      const rule = rules[place];
      if (rule !== undefined) this.#rules.set(group.id, rule);
    }
    this.users = joined(this.#generated, this.#added);
  }

  /** Adds a user as the newest row, and to the groups named. */
  addUser(user: DirectoryUser, groupIds: readonly string[]): void {
    this.#added.push(user);
    for (const id of groupIds) {
      const members = this.#addedMembers.get(id) ?? new Set();
      this.#addedMembers.set(id, members.add(user.id));
    }
  }

  /** The members of one group, in creation order. */
  membersOf(groupId: string): Rows<DirectoryUser> {
    const indices = this.#indicesOf(groupId);
    const joiners = this.#addedMembers.get(groupId) ?? new Set();
    const rows = {
      length: indices.length,
      at: (place: number) => this.#generated.at(indices[place] ?? -1),
    };
    const generated: Rows<DirectoryUser> = {
      ...rows,
      indexOf: (id) => {
        const index = this.#generated.indexOf(id);
        return index < 0 ? -1 : indices.indexOf(index);
      },
      [Symbol.iterator]: () => walk(rows),
    };
    return joined(
      generated,
      this.#added.filter((user) => joiners.has(user.id)),
    );
  }

  /** The groups one user is in. */
  groupsOfUser(userId: string): DirectoryGroup[] {
    const index = this.#generated.indexOf(userId);
    return this.groups.filter(({ id }) => {
      if (this.#addedMembers.get(id)?.has(userId) === true) return true;
      const rule = this.#rules.get(id);
      return rule !== undefined && index >= 0 && holds(rule, index);
    });
  }

  #indicesOf(groupId: string): number[] {
    const known = this.#members.get(groupId);
    if (known !== undefined) return known;
    const rule = this.#rules.get(groupId);
    const indices: number[] = [];
    if (rule === undefined) return indices;
    for (let index = 0; index < this.#generated.length; index += 1) {
      if (holds(rule, index)) indices.push(index);
    }
    this.#members.set(groupId, indices);
    return indices;
  }
}

function holds(rule: GroupRule, index: number): boolean {
  return index % rule.stride === rule.offset || rule.also.includes(index);
}

function joined(generated: Rows<DirectoryUser>, added: readonly DirectoryUser[]): Rows<DirectoryUser> {
  const rows = {
    get length() {
      return generated.length + added.length;
    },
    at: (index: number) => (index < generated.length ? generated.at(index) : added[index - generated.length]),
  };
  return {
    get length() {
      return rows.length;
    },
    at: rows.at,
    indexOf: (id) => {
      const index = generated.indexOf(id);
      if (index >= 0) return index;
      const place = added.findIndex((user) => user.id === id);
      return place < 0 ? -1 : generated.length + place;
    },
    [Symbol.iterator]: () => walk(rows),
  };
}
