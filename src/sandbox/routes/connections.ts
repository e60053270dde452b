import { arrayRows } from '../account/rows.ts';
import type { Connection } from '../account/types.ts';
import type { Route } from '../context.ts';
import { cutPage, list, mentions, readPaging } from '../paging.ts';
import { invalid, json, notFound } from '../reply.ts';

// As the specification writes the parameter: it says GithubOAuth where the object says GitHubOAuth.
const TYPES = new Set(
  (
    'ADFSSAML AdpOidc AppleOAuth Auth0SAML AzureSAML BitbucketOAuth CasSAML CloudflareSAML ClassLinkSAML ' +
    'CleverOIDC CyberArkSAML DiscordOAuth DuoSAML EntraIdOIDC GenericOIDC GenericSAML GithubOAuth GitLabOAuth ' +
    'GoogleOAuth GoogleOIDC GoogleSAML IntuitOAuth JumpCloudSAML KeycloakSAML LastPassSAML LinkedInOAuth ' +
    'LoginGovOidc MagicLink MicrosoftOAuth MiniOrangeSAML NetIqSAML OktaOIDC OktaSAML OneLoginSAML OracleSAML ' +
    'PingFederateSAML PingOneSAML RipplingSAML SalesforceSAML ShibbolethGenericSAML ShibbolethSAML ' +
    'SimpleSamlPhpSAML SalesforceOAuth SlackOAuth VercelMarketplaceOAuth VercelOAuth VMwareSAML XeroOAuth'
  )
    .toLowerCase()
    .split(' '),
);

function matches(row: Connection, query: URLSearchParams): boolean {
  const organization = query.get('organization_id');
  const type = query.get('connection_type');
  const domain = query.get('domain')?.toLowerCase();
  return (
    (organization === null || row.organization_id === organization) &&
    (type === null || row.connection_type.toLowerCase() === type.toLowerCase()) &&
    (domain === undefined || row.domains.some((entry) => entry.domain.toLowerCase() === domain)) &&
    mentions(row.name, query.get('search'))
  );
}

/** `GET /connections`, by organization, type, domain or name. */
export const listConnections: Route = ({ account }, { query }) => {
  const type = query.get('connection_type');
  if (type !== null && !TYPES.has(type.toLowerCase())) {
    throw invalid('Validation failed', [{ code: 'invalid_connection_type', field: 'connection_type' }]);
  }
  const rows = arrayRows(account.connections);
  return list(cutPage(rows, readPaging(query), (row) => matches(row, query)));
};

/** `GET /connections/{id}`. */
export const readConnection: Route = ({ account }, { id }) => {
  const connection = account.connections.find((row) => row.id === id);
  if (connection === undefined) throw notFound('Connection', id);
  return json(200, connection);
};
