import type { Ask } from './tree-context.ts';
import type { Node } from './nodes.ts';
import type { Subject } from './subject.ts';
import type { Tree } from './tree.ts';

/** As long as the tools take a search. */
const LONGEST_SEARCH = 200;

/** The object that stands for another one in the views: the directory of a user, the organization of a domain. */
export function shownFor(subject: Subject): Pick<Subject, 'kind' | 'id'> & { readonly name?: string } {
  const { kind, id, name, organization, directory } = subject;
  const named = name === id || name === '' ? { kind, id } : { kind, id, name };
  if (kind === 'group' || kind === 'user')
    return directory === undefined ? named : { kind: 'directory', id: directory };
  if (kind === 'domain' || kind === 'event')
    return organization === undefined ? named : { kind: 'organization', id: organization };
  return named;
}

/** The row of an object among rows and what is known below them. */
export function findNode(nodes: readonly Node[], wanted: Pick<Subject, 'kind' | 'id'>): Node | undefined {
  for (const node of nodes) {
    if (node.subject?.kind === wanted.kind && node.subject.id === wanted.id) return node;
    const below = node.inner && findNode(node.inner, wanted);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** Finds the row of an object in its own tree: among what is loaded, else by a search, which stays if it finds it. */
export async function locate(
  tree: Pick<Tree, 'begun' | 'load' | 'find' | 'search'>,
  wanted: Pick<Subject, 'kind' | 'id'>,
  nameOf: () => Promise<string | undefined>,
): Promise<Node | undefined> {
  const loaded = tree.begun ? findNode(await tree.load(), wanted) : undefined;
  if (loaded !== undefined) return loaded;
  const name = await nameOf();
  if (name === undefined) return findNode(await tree.load(), wanted);
  const { search: before } = tree;
  // A cut may leave half a character, which nothing has in its name.
  const search = name.slice(0, LONGEST_SEARCH).replace(/\p{Cs}$/u, '');
  tree.find(search);
  const found = findNode(await tree.load(), wanted);
  if (found === undefined && tree.search === search) tree.find(before);
  return found;
}

/** The name of an object that only its id is known of. */
export async function lookUpName(
  ask: Ask,
  { kind, id }: Pick<Subject, 'kind' | 'id'>,
): Promise<string | undefined> {
  const outcome =
    kind === 'organization'
      ? await ask('get_organization_details', { organization: id })
      : kind === 'directory'
        ? await ask('get_directory_details', { directory_id: id })
        : undefined;
  return outcome?.ok ? outcome.value.name : undefined;
}
