import type { SampleAccount } from '../account/account.ts';
import { arrayRows, type Rows } from '../account/rows.ts';
import type { Directory, DirectoryUser } from '../account/types.ts';
import type { Route } from '../context.ts';
import { cutPage, list, readPaging } from '../paging.ts';
import { invalid, json, notFound, Refusal } from '../reply.ts';

function directory(account: SampleAccount, id: string): Directory {
  const found = account.directories.find((row) => row.id === id);
  if (found === undefined) throw notFound('Directory', id);
  return found;
}

function neither(first: string, second: string): Refusal {
  return invalid(`Either '${first}' or '${second}' is required.`, [
    { code: 'required', field: first },
    { code: 'required', field: second },
  ]);
}

function usersAsked(
  account: SampleAccount,
  query: URLSearchParams,
): { rows: Rows<DirectoryUser>; directoryId: string } {
  const group = query.get('group');
  const asked = query.get('directory');
  if (group === null) {
    if (asked === null) throw neither('directory', 'group');
    const { id } = directory(account, asked);
    return { rows: account.usersOf(id), directoryId: id };
  }
  const owner = account.directories.find(({ id }) => account.groupsOf(id).some((row) => row.id === group));
  if (owner === undefined) throw notFound('Directory Group', group);
  if (asked !== null && directory(account, asked).id !== owner.id) throw notFound('Directory Group', group);
  return { rows: account.peopleOf(owner.id).membersOf(group), directoryId: owner.id };
}

/** `GET /directory_users`, of a directory or a group; four requests a second per directory. */
export const listDirectoryUsers: Route = ({ account, userRequests }, { query }) => {
  const paging = readPaging(query);
  const { rows, directoryId } = usersAsked(account, query);
  if (!userRequests.admit(directoryId)) throw new Refusal(json(429, 'Ratelimited'));
  const email = query.get('email')?.toLowerCase();
  const idpId = query.get('idp_id') ?? undefined;
  const page = cutPage(
    rows,
    paging,
    (row) =>
      (email === undefined || row.email?.toLowerCase() === email) &&
      (idpId === undefined || row.idp_id === idpId),
  );
  return list(page);
};

/** `GET /directory_groups/{id}`. */
export const readDirectoryGroup: Route = ({ account }, { id }) => {
  for (const { id: directoryId } of account.directories) {
    const group = account.groupsOf(directoryId).find((candidate) => candidate.id === id);
    if (group !== undefined) return json(200, group);
  }
  throw notFound('Directory Group', id);
};

/** `GET /directory_groups`, of a directory or a user. */
export const listDirectoryGroups: Route = ({ account }, { query }) => {
  const paging = readPaging(query);
  const user = query.get('user');
  const asked = query.get('directory');
  if (user === null) {
    if (asked === null) throw neither('directory', 'user');
    return list(cutPage(arrayRows(account.groupsOf(directory(account, asked).id)), paging));
  }
  const owner = account.directories.find(({ id }) => account.usersOf(id).indexOf(user) >= 0);
  if (owner === undefined) throw notFound('Directory User', user);
  if (asked !== null && directory(account, asked).id !== owner.id) throw notFound('Directory User', user);
  return list(cutPage(arrayRows(account.peopleOf(owner.id).groupsOfUser(user)), paging));
};
