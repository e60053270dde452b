/** Kinds of objects that have details. */
export type DetailKind = 'organization' | 'connection' | 'directory';

/** What a document or a link is about. */
export interface Target {
  readonly kind: DetailKind;
  readonly id: string;
}

/** Ids as WorkOS makes them; anything else is no id of that kind. */
const IDS: Readonly<Record<DetailKind, RegExp>> = {
  organization: /^org_[A-Za-z0-9]{1,64}$/u,
  connection: /^conn_[A-Za-z0-9]{1,64}$/u,
  directory: /^directory_[A-Za-z0-9]{1,64}$/u,
};

/** True for a kind that has details. */
export function isDetailKind(kind: string): kind is DetailKind {
  return Object.hasOwn(IDS, kind);
}

/** The object a path names: of `/organization/org_…` in a link, and of a document, which adds a title. */
export function parseTarget(path: string, { titled }: { readonly titled: boolean }): Target | undefined {
  const [root, kind = '', id = '', ...rest] = path.split('/');
  if (root !== '' || rest.length !== (titled ? 1 : 0) || !isDetailKind(kind)) return undefined;
  return IDS[kind].test(id) ? { kind, id } : undefined;
}

/** A name as the last part of a document's path, which is what its tab shows. */
export function documentTitle(name: string, fallback: string): string {
  const title = name
    .replace(/[^\p{L}\p{N} ._&,()-]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return title.slice(0, 80).toWellFormed().replaceAll('\uFFFD', '') || fallback;
}
