import type { CertificateRequest } from './certificate.ts';
import { objectId } from './ids.ts';
import { randomFor } from './random.ts';
import { DAY, HOUR, iso } from './time.ts';
import type { Connection, Organization, OrganizationDomain } from './types.ts';

const TOKEN_LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

function token(key: string, length: number): string {
  const random = randomFor(key);
  return Array.from({ length }, () => TOKEN_LETTERS.charAt(random.integer(0, TOKEN_LETTERS.length - 1))).join(
    '',
  );
}

/** Builds a complete domain, with the DNS record its owner has to publish. */
function organizationDomain(
  organizationId: string,
  domain: string,
  state: OrganizationDomain['state'],
  created: number,
  updated: number = created,
): OrganizationDomain {
  return {
    object: 'organization_domain',
    id: objectId('org_domain', created, `domain:${domain}`),
    organization_id: organizationId,
    domain,
    state,
    verification_prefix: `workos-domain-verification-${token(`prefix:${domain}`, 6).toLowerCase()}`,
    verification_token: token(`token:${domain}`, 25),
    verification_strategy: 'dns',
    created_at: iso(created),
    updated_at: iso(updated),
  };
}

/** What a sample organization is made of. */
export interface OrganizationSeed {
  name: string;
  created: number;
  updated: number;
  externalId: string | null;
  metadata: Record<string, string>;
  domains: readonly {
    domain: string;
    state: OrganizationDomain['state'];
    created: number;
    updated?: number;
  }[];
  /** Keeps two organizations of one name and moment apart. */
  salt?: string;
}

/** Builds an organization with its domains. */
export function organization(seed: OrganizationSeed): Organization {
  const id = objectId('org', seed.created, `org:${seed.name}${seed.salt ?? ''}`);
  return {
    object: 'organization',
    id,
    name: seed.name,
    domains: seed.domains.map((entry) =>
      organizationDomain(id, entry.domain, entry.state, entry.created, entry.updated),
    ),
    metadata: { ...seed.metadata },
    external_id: seed.externalId,
    allow_profiles_outside_organization: false,
    created_at: iso(seed.created),
    updated_at: iso(seed.updated),
  };
}

/** What a sample connection is made of; a SAML one has `expires`; logins are those of the last 90 days. */
export interface ConnectionSeed {
  name: string;
  type: string;
  state: Connection['state'];
  created: number;
  updated: number;
  domain: string;
  expires?: number;
  logins: number;
  failures?: number;
}

/** Builds a connection; its certificate is signed when somebody first reads it. */
export function connection(
  organizationId: string,
  seed: ConnectionSeed,
  makeCertificate: (request: CertificateRequest) => string,
): Connection {
  const key = `${organizationId}:${seed.name}`;
  return {
    object: 'connection',
    id: objectId('conn', seed.created, `conn:${key}`),
    organization_id: organizationId,
    connection_type: seed.type,
    name: seed.name,
    state: seed.state,
    status: seed.state === 'active' ? 'linked' : 'unlinked',
    domains: [
      {
        object: 'connection_domain',
        id: objectId('conn_domain', seed.created, `conn_domain:${key}`),
        domain: seed.domain,
      },
    ],
    ...(seed.expires === undefined ? {} : { options: samlOptions(seed, seed.expires, makeCertificate) }),
    created_at: iso(seed.created),
    updated_at: iso(seed.updated),
  };
}

function samlOptions(
  seed: ConnectionSeed,
  expires: number,
  makeCertificate: (request: CertificateRequest) => string,
): { signing_cert: string } {
  let kept: string | undefined;
  return {
    get signing_cert() {
      kept ??= makeCertificate({
        commonName: `sso.${seed.domain}`,
        notBefore: new Date(Math.min(seed.created, expires - DAY) - HOUR),
        notAfter: new Date(expires),
      });
      return kept;
    },
  };
}
