import type { Sandbox } from '../../../src/sandbox/server.ts';

type Account = Sandbox['account'];
type Organization = Account['organizations'][number];
type Connection = Account['connections'][number];
type Directory = Account['directories'][number];
type User = Parameters<Account['addUser']>[0];
type Group = Parameters<Account['addGroup']>[0];
type Event = Parameters<Account['addEvent']>[1];

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
let made = 0;

/** An id as the API writes it, larger than those made before. */
export function newId(prefix: string): string {
  made += 1;
  const place = [10, 5, 0].map((shift) => LETTERS.charAt((made >> shift) % 32)).join('');
  return `${prefix}_01ZZZZZZZZZZZZZZZZZZZZZ${place}`;
}

const now = () => new Date().toISOString();
const times = () => ({ created_at: now(), updated_at: now() });

export function newOrganization(account: Account, name: string, domains: string[] = []): Organization {
  const id = newId('org');
  const created: Organization = {
    object: 'organization',
    id,
    name,
    metadata: {},
    external_id: null,
    allow_profiles_outside_organization: false,
    domains: domains.map((domain) => newDomain(id, domain)),
    ...times(),
  };
  account.organizations.push(created);
  return created;
}

export function newDomain(organization_id: string, domain: string): Organization['domains'][number] {
  return {
    object: 'organization_domain',
    id: newId('org_domain'),
    organization_id,
    domain,
    state: 'verified',
    verification_prefix: 'workos-x',
    verification_token: 'token',
    verification_strategy: 'dns',
    ...times(),
  };
}

export function newConnection(
  account: Account,
  organization_id: string,
  given: Partial<Connection> = {},
): Connection {
  const id = newId('conn');
  const created: Connection = {
    object: 'connection',
    id,
    organization_id,
    connection_type: 'OktaOIDC',
    name: `Connection ${id}`,
    state: 'active',
    status: 'linked',
    domains: [],
    ...times(),
    ...given,
  };
  account.connections.push(created);
  return created;
}

export function newDirectory(account: Account, organization_id: string, name: string): Directory {
  const created: Directory = {
    object: 'directory',
    id: newId('directory'),
    organization_id,
    external_key: 'key',
    name,
    type: 'okta scim v2.0',
    state: 'linked',
    metadata: { users: { active: 0, inactive: 0 }, groups: 0 },
    ...times(),
  };
  account.directories.push(created);
  return created;
}

export function newGroup(account: Account, directory: Directory, name: string): Group {
  const { id: directory_id, organization_id } = directory;
  const created: Group = {
    object: 'directory_group',
    id: newId('directory_group'),
    idp_id: 'idp',
    name,
    directory_id,
    organization_id,
    ...times(),
  };
  account.addGroup(created);
  return created;
}

export function newUser(
  account: Account,
  directory: Directory,
  given: Partial<User> = {},
  groups: string[] = [],
): User {
  const { id: directory_id, organization_id } = directory;
  const id = newId('directory_user');
  const created: User = {
    object: 'directory_user',
    id,
    directory_id,
    organization_id,
    idp_id: `idp-${id}`,
    email: `${id}@new.example`.toLowerCase(),
    first_name: 'New',
    last_name: 'User',
    name: 'New User',
    state: 'active',
    raw_attributes: {},
    custom_attributes: {},
    role: { slug: 'member' },
    groups: [],
    ...times(),
    ...given,
  };
  account.addUser(created, groups);
  return created;
}

export function newEvent(
  account: Account,
  organizationId: string,
  given: Partial<Event> & Pick<Event, 'event'>,
) {
  const created: Event = {
    object: 'event',
    id: newId('event'),
    created_at: now(),
    data: {},
    ...given,
  };
  account.addEvent(organizationId, created);
  return created;
}
