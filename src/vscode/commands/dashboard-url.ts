const ORGANIZATIONS = 'organizations';
const ENVIRONMENT_ID = /^environment_[A-Za-z0-9]+$/u;

/** Where an organization is in the WorkOS dashboard; the list of them where the environment's id there is not known. */
export function dashboardUrl(environment: unknown, organization: string | undefined): string {
  const origin = 'https://dashboard.workos.com';
  if (typeof environment !== 'string' || !ENVIRONMENT_ID.test(environment))
    return `${origin}/${ORGANIZATIONS}`;
  const list = `${origin}/${environment}/${ORGANIZATIONS}`;
  return organization === undefined ? list : `${list}/${encodeURIComponent(organization)}`;
}
