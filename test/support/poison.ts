import type { Sandbox } from '../../src/sandbox/server.ts';
import {
  newConnection,
  newDirectory,
  newDomain,
  newEvent,
  newGroup,
  newId,
  newOrganization,
  newUser,
} from '../unit/tools/objects.ts';

/** An organization with everything under it, in which every text that third parties can write is one text. */
export interface Poisoned {
  readonly organization: string;
  readonly connection: string;
  readonly directory: string;
  readonly group: string;
  /** The organization as the API gives it. */
  readonly body: object;
}

/** The address of the one user that has an own: asked for by it, all fields of a user are shown. */
export const READER = 'reader@poison.example';

type Account = Sandbox['account'];
type Built = ReturnType<typeof newOrganization>;

/** Adds such an organization to an account. Ids, times and the types of events stay as the API makes them. */
export function poison(account: Account, text: string): Poisoned {
  const organization = newOrganization(account, text);
  Object.assign(organization, {
    external_id: text,
    created_at: text,
    updated_at: text,
    metadata: { [text]: text },
  });
  const pending = newDomain(organization.id, text);
  Object.assign(pending, { state: 'pending', verification_prefix: text, verification_token: text });
  const odd = newDomain(organization.id, text);
  Object.assign(odd, { state: text });
  organization.domains = [pending, odd];
  const log_stream = {
    id: newId('log_stream'),
    type: text,
    state: 'error',
    last_synced_at: text,
    created_at: text,
  };
  account.auditConfigurations.set(organization.id, {
    organization_id: organization.id,
    retention_period_in_days: 1,
    state: text as 'active',
    log_stream: log_stream as never,
  });
  const connection = poisonConnection(account, organization, text);
  return {
    organization: organization.id,
    connection,
    ...poisonDirectory(account, organization, text),
    body: organization,
  };
}

function poisonConnection(account: Account, organization: Built, text: string): string {
  const domains = [{ object: 'connection_domain' as const, id: newId('conn_domain'), domain: text }];
  const odd = { connection_type: text, status: text, created_at: text, updated_at: text };
  const connection = newConnection(account, organization.id, { name: text, state: 'inactive', domains });
  Object.assign(connection, odd);
  const sso = { connection_id: connection.id };
  const data = { email: text, user_agent: text, ip_address: text, status: text, user_id: text, sso };
  newEvent(account, organization.id, {
    event: 'authentication.sso_failed',
    data: { ...data, error: { code: text, message: text } },
  });
  newEvent(account, organization.id, { event: 'authentication.sso_succeeded', data });
  const party = { id: text, type: text, name: text, metadata: { [text]: text } };
  account.auditRowsOf(organization.id).push({
    action: text,
    occurred_at: new Date().toISOString(),
    actor: party,
    targets: [party],
    context: { location: text, user_agent: text },
    metadata: { [text]: text },
  });
  return connection.id;
}

function poisonDirectory(account: Account, organization: Built, text: string) {
  const directory = newDirectory(account, organization.id, text);
  const group = newGroup(account, directory, text);
  const idp_id = text;
  Object.assign(group, { idp_id, created_at: text, updated_at: text });
  const custom_attributes = { [text]: { [text]: [text] } };
  for (const email of [text, READER]) {
    const given = { name: text, email, idp_id, role: { slug: text }, custom_attributes };
    Object.assign(newUser(account, directory, given, [group.id]), { created_at: text });
  }
  Object.assign(directory, { type: text, state: 'invalid_credentials', domain: text, external_key: text });
  Object.assign(directory, { created_at: text, updated_at: text });
  const data = {
    object: text,
    id: text,
    email: text,
    state: text,
    ip_address: text,
    user_agent: text,
    actor_id: text,
    actor_source: text,
    actor_name: text,
  };
  newEvent(account, organization.id, {
    event: 'dsync.user.updated',
    data: { ...data, directory_id: directory.id, error: { code: text } },
  });
  return { directory: directory.id, group: group.id };
}
