import type { BuiltOrganization } from './build.ts';
import { objectId } from './ids.ts';
import { DAY, iso } from './time.ts';

/** An event before it has an id. */
export interface EventDraft {
  time: number;
  event: string;
  data: Record<string, unknown>;
}

const RENEWAL_NOTICES = [60, 30, 14, 10];

/** What happened to the organization, its domains and its connections. */
export function lifecycleEvents(built: BuiltOrganization, now: number): EventDraft[] {
  const { organization } = built;
  return [
    { time: Date.parse(organization.created_at), event: 'organization.created', data: { ...organization } },
    { time: Date.parse(organization.updated_at), event: 'organization.updated', data: { ...organization } },
    ...organization.domains.flatMap(domainEvents),
    ...built.connections.flatMap((entry) => connectionEvents(entry, now)),
  ];
}

function domainEvents(domain: BuiltOrganization['organization']['domains'][number]): EventDraft[] {
  const created = Date.parse(domain.created_at);
  const updated = Date.parse(domain.updated_at);
  const drafts = [{ time: created, event: 'organization_domain.created', data: { ...domain } }];
  if (domain.state === 'verified') {
    return [...drafts, { time: updated, event: 'organization_domain.verified', data: { ...domain } }];
  }
  if (domain.state !== 'failed') return drafts;
  const data = { reason: 'domain_verification_period_expired', organization_domain: { ...domain } };
  return [...drafts, { time: updated, event: 'organization_domain.verification_failed', data }];
}

function connectionEvents(
  { seed, connection }: BuiltOrganization['connections'][number],
  now: number,
): EventDraft[] {
  const { options: _secret, ...shown } = connection;
  const data = { ...shown, external_key: objectId('', seed.created, connection.id).slice(11) };
  const drafts: EventDraft[] = [];
  if (seed.state === 'active') drafts.push({ time: seed.updated, event: 'connection.activated', data });
  if (seed.state === 'inactive') drafts.push({ time: seed.updated, event: 'connection.deactivated', data });
  if (seed.state !== 'active' || seed.expires === undefined) return drafts;
  for (const days of RENEWAL_NOTICES) {
    const time = seed.expires - days * DAY;
    if (time > now) continue;
    drafts.push({
      time,
      event: 'connection.saml_certificate_renewal_required',
      data: {
        connection: { id: connection.id, organization_id: connection.organization_id },
        certificate: {
          certificate_type: 'ResponseSigning',
          expiry_date: iso(seed.expires),
          is_expired: false,
        },
        days_until_expiry: days,
      },
    });
  }
  return drafts;
}
