import type { BuiltOrganization } from './build.ts';
import type { EventDraft } from './event-lifecycle.ts';
import type { DirectoryPeople } from './people.ts';
import { randomFor } from './random.ts';
import { joinedAt } from './roster.ts';
import { DAY, HOUR, iso, MINUTE } from './time.ts';
import type { Directory } from './types.ts';

type BuiltDirectory = BuiltOrganization['directories'][number];

const NEWEST_JOINS = 200;

/** What the identity provider sent through one directory. */
export function directoryEvents(built: BuiltDirectory, oldest: number, now: number): EventDraft[] {
  const linked = built.directory.state === 'linked';
  const drafts: EventDraft[] = [
    { time: built.seed.created, event: 'dsync.activated', data: directoryData(built.directory, 'active') },
  ];
  if (built.directory.state === 'unlinked') {
    const data = directoryData(built.directory, 'inactive');
    drafts.push({ time: built.seed.updated, event: 'dsync.deactivated', data });
  }
  const people = built.people();
  const newestFirst = linked ? now - 30 * MINUTE : built.seed.to;
  for (const group of people.groups) {
    const time = Date.parse(group.created_at);
    drafts.push({ time, event: 'dsync.group.created', data: { ...group } });
  }
  return [...drafts, ...joins(built, people, oldest), ...changes(built, people, newestFirst, oldest)];
}

function directoryData(directory: Directory, state: 'active' | 'inactive'): EventDraft['data'] {
  const { metadata: _counts, domain, ...shown } = directory;
  const domains =
    domain === undefined
      ? []
      : [{ object: 'organization_domain', id: `org_domain_${directory.id.slice(10)}`, domain }];
  return { ...shown, state, domains };
}

function joins({ roster }: BuiltDirectory, people: DirectoryPeople, oldest: number): EventDraft[] {
  const drafts: EventDraft[] = [];
  for (let index = roster.count - 1; index >= Math.max(0, roster.count - NEWEST_JOINS); index -= 1) {
    const time = joinedAt(roster, index);
    const row = people.users.at(index);
    if (row === undefined || time < oldest) break;
    const { groups: _always_empty, ...user } = row;
    drafts.push({ time, event: 'dsync.user.created', data: user });
    for (const [place, group] of people.groupsOfUser(row.id).entries()) {
      drafts.push({
        time: Math.max(time, Date.parse(group.created_at)) + (place + 1) * 2 * MINUTE,
        event: 'dsync.group.user_added',
        data: { directory_id: roster.directoryId, user, group: { ...group } },
      });
    }
  }
  return drafts;
}

function changes(
  { roster }: BuiltDirectory,
  people: DirectoryPeople,
  newest: number,
  oldest: number,
): EventDraft[] {
  const random = randomFor(`${roster.key}:changes`);
  const drafts: EventDraft[] = [];
  const total = Math.min(24, Math.floor(roster.count / 4));
  const step = Math.min(newest - oldest, 84 * DAY) / Math.max(1, total);
  for (let place = 0; place < total; place += 1) {
    const time = Math.floor(newest - (place + random.next()) * step);
    const row = people.users.at(random.integer(0, roster.count - 1));
    if (time < oldest || row === undefined || Date.parse(row.created_at) > time - HOUR) continue;
    const { groups: _always_empty, ...user } = row;
    const previous_attributes = { custom_attributes: { department_name: 'Operations' } };
    const data = { ...user, updated_at: iso(time), previous_attributes };
    drafts.push({ time, event: 'dsync.user.updated', data });
  }
  const group = people.groups[0];
  const time = Math.floor(newest - 9 * DAY);
  if (group !== undefined && time > Math.max(oldest, roster.from)) {
    const data = { ...group, updated_at: iso(time), previous_attributes: { name: `${group.name} (all)` } };
    drafts.push({ time, event: 'dsync.group.updated', data });
  }
  return drafts;
}
