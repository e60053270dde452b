import type { SampleAccount } from '../account/account.ts';
import { objectId } from '../account/ids.ts';
import { organization } from '../account/objects.ts';
import { iso } from '../account/time.ts';
import type { Organization } from '../account/types.ts';
import type { Route } from '../context.ts';
import { json, refusal } from '../reply.ts';
import { type NewOrganization, readNewOrganization } from './organization-body.ts';

const CONSUMER_DOMAINS = new Set([
  'aol.com',
  'gmail.com',
  'googlemail.com',
  'hotmail.com',
  'icloud.com',
  'live.com',
  'msn.com',
  'outlook.com',
  'proton.me',
  'protonmail.com',
  'yahoo.com',
]);

function refuseConflicts(account: SampleAccount, asked: NewOrganization): void {
  const taken = account.organizations.some(({ external_id }) => external_id === asked.externalId);
  if (asked.externalId !== null && taken) {
    throw refusal(400, 'The external_id is already used by an Organization.', 'external_id_already_used');
  }
  const seen = new Set<string>();
  for (const { domain } of asked.domains) {
    if (CONSUMER_DOMAINS.has(domain)) {
      throw refusal(400, `The domain ${domain} is a consumer domain.`, 'consumer_domain_not_allowed');
    }
    const elsewhere = account.organizations.some((row) =>
      row.domains.some((known) => known.domain === domain),
    );
    if (elsewhere || seen.has(domain)) {
      throw refusal(409, `An Organization with the domain ${domain} already exists.`);
    }
    seen.add(domain);
  }
}

function announce(account: SampleAccount, created: Organization, time: number): void {
  const bodies = [
    { event: 'organization.created', data: { ...created } },
    ...created.domains.map((domain) => ({ event: 'organization_domain.created', data: { ...domain } })),
  ];
  for (const [place, { event, data }] of bodies.entries()) {
    account.addEvent(created.id, {
      object: 'event',
      id: objectId('event', time, `${created.id}:${event}:${place}`),
      event,
      data,
      created_at: iso(time),
    });
  }
}

/** `POST /organizations`: adds an organization, and the events that tell of it. */
export const createOrganization: Route = ({ account, clock }, { body }) => {
  const asked = readNewOrganization(body);
  refuseConflicts(account, asked);
  const time = clock();
  const created = organization({
    name: asked.name,
    created: time,
    updated: time,
    externalId: asked.externalId,
    metadata: asked.metadata,
    domains: asked.domains.map(({ domain, state }) => ({ domain, state, created: time })),
    salt: String(account.organizations.length),
  });
  account.organizations.push(created);
  announce(account, created, time);
  return json(201, created);
};
