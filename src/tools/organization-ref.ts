import { domainToASCII } from 'node:url';
import { AppError } from '../shared/errors.ts';
import { isObjectId } from '../shared/object-ids.ts';
import type { WorkosPort } from '../workos/port.ts';
import type { Organization } from '../workos/schemas.ts';

const CANDIDATES = 5;
/** Pages of name matches looked through for an exact one. */
const SEARCH_PAGES = 5;

/** True for what the API takes as an organization's id. */
export function isOrganizationId(reference: string): boolean {
  return isObjectId('organization', reference);
}

/** Finds the one organization meant by an id, a domain or an exact name (case ignored). Throws NOT_FOUND or AMBIGUOUS. */
export async function resolveOrganization(port: WorkosPort, reference: string): Promise<Organization> {
  if (isOrganizationId(reference)) return port.organizations.get(reference);
  if (/^[^\s.,]+(\.[^\s.,]+)+$/u.test(reference)) {
    const { items } = await port.organizations.list({
      domains: [domainToASCII(reference) || reference.toLowerCase()],
      limit: CANDIDATES + 1,
    });
    if (items.length > 0) return only(items, reference);
  }
  return byName(port, reference);
}

/** Organizations whose name contains a text, and those of exactly this name (case ignored). */
export async function organizationsNamed(port: WorkosPort, name: string) {
  const similar: Organization[] = [];
  let after: string | undefined;
  for (let page = 0; page < SEARCH_PAGES; page += 1) {
    const found = await port.organizations.list({ search: name, limit: 100, after });
    similar.push(...found.items);
    after = found.after;
    if (after === undefined) break;
  }
  const wanted = name.toLowerCase();
  return { similar, exact: similar.filter((found) => found.name.trim().toLowerCase() === wanted) };
}

async function byName(port: WorkosPort, reference: string): Promise<Organization> {
  const { similar, exact } = await organizationsNamed(port, reference);
  if (exact.length > 0) return only(exact, reference);
  throw new AppError({
    code: 'NOT_FOUND',
    message: `No organization has the id, exact name or domain "${reference}".`,
    hint:
      similar.length > 0
        ? `Similar names: ${candidates(similar)}. Call again with one of these ids.`
        : 'Call list_workos_organizations with search and part of the name.',
  });
}

function only(found: readonly Organization[], reference: string): Organization {
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  throw new AppError({
    code: 'AMBIGUOUS',
    message: `Several organizations match "${reference}": ${candidates(found)}.`,
    hint: 'Call again with the id of the one that is meant; ask the person if unsure.',
  });
}

function candidates(found: readonly Organization[]): string {
  const listed = found
    .slice(0, CANDIDATES)
    .map(
      ({ id, name, domains }) =>
        `${id} ${JSON.stringify(name.slice(0, 80))}${domains[0] ? ` (${domains[0].domain.slice(0, 80)})` : ''}`,
    );
  const more = found.length - listed.length;
  return more > 0 ? `${listed.join(', ')} and ${more} more` : listed.join(', ');
}
