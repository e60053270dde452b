import { isObjectId, isObjectKind, type ObjectKind } from '../../shared/object-ids.ts';

/** What a document or a link is about. */
export interface Target {
  readonly kind: ObjectKind;
  readonly id: string;
}

/** The object a path names: of `/organization/org_…` in a link, and of a document, which adds a title. */
export function parseTarget(path: string, { titled }: { readonly titled: boolean }): Target | undefined {
  const [root, kind = '', id = '', ...rest] = path.split('/');
  if (root !== '' || rest.length !== (titled ? 1 : 0) || !isObjectKind(kind)) return undefined;
  return isObjectId(kind, id) ? { kind, id } : undefined;
}
