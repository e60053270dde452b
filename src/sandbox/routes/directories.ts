import { arrayRows } from '../account/rows.ts';
import type { Directory } from '../account/types.ts';
import type { Route } from '../context.ts';
import { cutPage, list, mentions, readPaging } from '../paging.ts';
import { json, notFound } from '../reply.ts';

function matches(row: Directory, query: URLSearchParams): boolean {
  const organization = query.get('organization_id');
  const domain = query.get('domain')?.toLowerCase();
  return (
    (organization === null || row.organization_id === organization) &&
    (domain === undefined || row.domain?.toLowerCase() === domain) &&
    mentions(row.name, query.get('search'))
  );
}

/** `GET /directories`, by organization, domain or name. */
export const listDirectories: Route = ({ account }, { query }) =>
  list(cutPage(arrayRows(account.directories), readPaging(query), (row) => matches(row, query)));

/** `GET /directories/{id}`. */
export const readDirectory: Route = ({ account }, { id }) => {
  const directory = account.directories.find((row) => row.id === id);
  if (directory === undefined) throw notFound('Directory', id);
  return json(200, directory);
};
