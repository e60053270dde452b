import { organizationAuditRows } from './audit-rows.ts';
import { type BuiltOrganization, build } from './build.ts';
import { certificateMaker } from './certificate.ts';
import { organizationEvents } from './events.ts';
import { generatedOrganization } from './generated-organizations.ts';
import { DirectoryPeople } from './people.ts';
import type { Rows } from './rows.ts';
import { acme, nordwind } from './sample-organizations.ts';
import { globalTech, stark, umbra } from './troubled-organizations.ts';
import type {
  AccountEvent,
  AuditLogConfiguration,
  AuditRow,
  Connection,
  Directory,
  DirectoryGroup,
  DirectoryUser,
  Organization,
} from './types.ts';

const SAMPLE_ORGANIZATIONS = 5;
const SAMPLE_USERS = 42;

/**
 * The truth behind the API. Lists are in creation order, oldest first, and may be changed: what is pushed
 * counts as newest.
 */
export class SampleAccount {
  readonly organizations: Organization[] = [];
  readonly connections: Connection[] = [];
  readonly directories: Directory[] = [];
  readonly auditConfigurations = new Map<string, AuditLogConfiguration>();
  readonly #now: number;
  readonly #built = new Map<string, BuiltOrganization>();
  readonly #people = new Map<string, () => DirectoryPeople>();
  readonly #events = new Map<string, AccountEvent[]>();
  readonly #auditRows = new Map<string, AuditRow[]>();
  #allEvents: AccountEvent[] | undefined;

  constructor(now: number, organizations: number, users: number) {
    this.#now = now;
    const makeCertificate = certificateMaker();
    const generated = Math.max(0, organizations - SAMPLE_ORGANIZATIONS);
    const contents = [
      acme(now),
      globalTech(now),
      stark(now),
      umbra(now, users),
      nordwind(now),
      ...Array.from({ length: generated }, (_, index) => generatedOrganization(index, generated, now)),
    ].sort((left, right) => left.organization.created - right.organization.created);
    for (const content of contents) this.#add(build(content, makeCertificate));
    this.connections.sort(byCreation);
    this.directories.sort(byCreation);
  }

  /** The users of a directory. */
  usersOf(directoryId: string): Rows<DirectoryUser> {
    return this.peopleOf(directoryId).users;
  }

  /** The groups of a directory. */
  groupsOf(directoryId: string): DirectoryGroup[] {
    return this.peopleOf(directoryId).groups;
  }

  /** The members of a group; empty for a group that does not exist. */
  membersOf(groupId: string): Iterable<DirectoryUser> {
    const owner = this.directories.find(({ id }) => this.groupsOf(id).some((group) => group.id === groupId));
    return owner === undefined ? [] : this.peopleOf(owner.id).membersOf(groupId);
  }

  /** The users and groups of a directory; a directory a test has pushed starts with none. */
  peopleOf(directoryId: string): DirectoryPeople {
    const known = this.#people.get(directoryId);
    if (known !== undefined) return known();
    const people = new DirectoryPeople(undefined, []);
    this.#people.set(directoryId, () => people);
    return people;
  }

  /** The events of an organization, oldest first. */
  eventsOf(organizationId: string): readonly AccountEvent[] {
    return this.#eventsOf(organizationId);
  }

  /** The events of all organizations, oldest first. */
  allEvents(): readonly AccountEvent[] {
    this.#allEvents ??= this.organizations.flatMap(({ id }) => this.#eventsOf(id)).sort(byCreation);
    return this.#allEvents;
  }

  /** The audit log rows of an organization; the list may be changed. */
  auditRowsOf(organizationId: string): AuditRow[] {
    const built = this.#built.get(organizationId);
    const rows =
      this.#auditRows.get(organizationId) ??
      (built === undefined ? [] : organizationAuditRows(built, this.#now));
    this.#auditRows.set(organizationId, rows);
    return rows;
  }

  /** Adds a user to its directory as the newest one, and keeps the directory's counts true. */
  addUser(user: DirectoryUser, groupIds: readonly string[] = []): void {
    this.peopleOf(user.directory_id).addUser(user, groupIds);
    const counts = this.directories.find(({ id }) => id === user.directory_id)?.metadata.users;
    if (counts !== undefined) counts[user.state === 'active' ? 'active' : 'inactive'] += 1;
  }

  /** Adds a group to its directory as the newest one, and keeps the directory's count true. */
  addGroup(group: DirectoryGroup): void {
    this.groupsOf(group.directory_id).push(group);
    const directory = this.directories.find(({ id }) => id === group.directory_id);
    if (directory !== undefined) directory.metadata.groups += 1;
  }

  /** Adds an event at the place its time gives it. */
  addEvent(organizationId: string, event: AccountEvent): void {
    const events = this.#eventsOf(organizationId);
    events.push(event);
    events.sort(byCreation);
    this.#allEvents = undefined;
  }

  #eventsOf(organizationId: string): AccountEvent[] {
    const built = this.#built.get(organizationId);
    const events =
      this.#events.get(organizationId) ?? (built === undefined ? [] : organizationEvents(built, this.#now));
    this.#events.set(organizationId, events);
    return events;
  }

  #add(built: BuiltOrganization): void {
    this.organizations.push(built.organization);
    this.#built.set(built.organization.id, built);
    this.auditConfigurations.set(built.organization.id, built.audit);
    for (const { connection } of built.connections) this.connections.push(connection);
    for (const { directory, people } of built.directories) {
      this.directories.push(directory);
      this.#people.set(directory.id, people);
    }
  }
}

/** Builds the sample account as it looks at one moment. */
export function sampleAccount(now: Date, organizations?: number, users?: number): SampleAccount {
  const size = within('organizations', organizations ?? SAMPLE_ORGANIZATIONS, SAMPLE_ORGANIZATIONS, 10_000);
  return new SampleAccount(now.getTime(), size, within('users', users ?? SAMPLE_USERS, 1, 100_000));
}

function within(option: string, value: number, low: number, high: number): number {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new RangeError(`The option ${option} must be a whole number from ${low} to ${high}.`);
}

function byCreation(left: { created_at: string }, right: { created_at: string }): number {
  if (left.created_at === right.created_at) return 0;
  return left.created_at < right.created_at ? -1 : 1;
}
