import { arrayRows } from '../account/rows.ts';
import type { Route } from '../context.ts';
import { cutPage, list, mentions, readList, readPaging } from '../paging.ts';
import { json, notFound } from '../reply.ts';

/** `GET /organizations`, by name or by domain. */
export const listOrganizations: Route = ({ account }, { query }) => {
  const domains = new Set(readList(query, 'domains').map((domain) => domain.toLowerCase()));
  const search = query.get('search');
  const page = cutPage(
    arrayRows(account.organizations),
    readPaging(query),
    (row) =>
      mentions(row.name, search) &&
      (domains.size === 0 || row.domains.some(({ domain }) => domains.has(domain.toLowerCase()))),
  );
  return list(page);
};

/** `GET /organizations/{id}`. */
export const readOrganization: Route = ({ account }, { id }) => {
  const organization = account.organizations.find((row) => row.id === id);
  if (organization === undefined) throw notFound('Organization', id);
  return json(200, organization);
};

/** `GET /organizations/external_id/{external_id}`. */
export const readOrganizationByExternalId: Route = ({ account }, { id }) => {
  const organization = account.organizations.find(({ external_id }) => external_id === id);
  if (organization === undefined) throw notFound('Organization', id);
  return json(200, organization);
};

/** `GET /organizations/{id}/audit_log_configuration`. */
export const readAuditLogConfiguration: Route = ({ account }, { id }) => {
  if (!account.organizations.some((row) => row.id === id)) throw notFound('Organization', id);
  const configuration = account.auditConfigurations.get(id);
  return json(200, configuration ?? { organization_id: id, retention_period_in_days: 30, state: 'inactive' });
};
