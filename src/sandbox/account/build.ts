import type { CertificateRequest } from './certificate.ts';
import type { AuditSeed, DirectorySeed, OrganizationContent } from './content.ts';
import { objectId } from './ids.ts';
import { connection, type ConnectionSeed, organization } from './objects.ts';
import { DirectoryPeople, groupRules } from './people.ts';
import { countStates, type Roster } from './roster.ts';
import { iso } from './time.ts';
import type { AuditLogConfiguration, Connection, Directory, Organization } from './types.ts';

/** A sample organization as API objects, with the seeds its activity is computed from. */
export interface BuiltOrganization {
  organization: Organization;
  connections: { seed: ConnectionSeed; connection: Connection }[];
  directories: { seed: DirectorySeed; directory: Directory; roster: Roster; people: () => DirectoryPeople }[];
  audit: AuditLogConfiguration;
  content: OrganizationContent;
}

/** Turns the description of an organization into API objects; people come into being when first asked for. */
export function build(
  content: OrganizationContent,
  makeCertificate: (request: CertificateRequest) => string,
): BuiltOrganization {
  const built = organization(content.organization);
  return {
    organization: built,
    connections: content.connections.map((seed) => ({
      seed,
      connection: connection(built.id, seed, makeCertificate),
    })),
    directories: content.directories.map((seed) => directory(built, seed)),
    audit: auditConfiguration(built, content.audit),
    content,
  };
}

function directory(owner: Organization, seed: DirectorySeed): BuiltOrganization['directories'][number] {
  const key = `${owner.name}:${seed.name}`;
  const id = objectId('directory', seed.created, key);
  const roster: Roster = {
    key,
    directoryId: id,
    organizationId: owner.id,
    domain: seed.domain,
    count: seed.users,
    from: seed.from,
    to: seed.to,
    departments: seed.departments,
    newest: seed.newest,
  };
  const rules = groupRules(seed.departments, seed.groups);
  let people: DirectoryPeople | undefined;
  return {
    seed,
    roster,
    directory: {
      object: 'directory',
      id,
      organization_id: owner.id,
      external_key: objectId('', seed.created, `external:${key}`).slice(11),
      type: seed.type,
      state: seed.state,
      name: seed.name,
      domain: seed.domain,
      metadata: { users: countStates(roster), groups: rules.length },
      created_at: iso(seed.created),
      updated_at: iso(seed.updated),
    },
    people: () => {
      people ??= new DirectoryPeople(roster, rules);
      return people;
    },
  };
}

function auditConfiguration(owner: Organization, seed: AuditSeed): AuditLogConfiguration {
  const stream = seed.stream;
  return {
    organization_id: owner.id,
    retention_period_in_days: seed.retention,
    state: seed.state,
    ...(stream === undefined
      ? {}
      : {
          log_stream: {
            id: objectId('log_stream', stream.created, `stream:${owner.name}`),
            type: stream.type,
            state: stream.state,
            last_synced_at: iso(stream.synced),
            created_at: iso(stream.created),
          },
        }),
  };
}
