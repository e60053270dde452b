/** How WorkOS begins the ids of objects that have details. */
export const ID_PREFIXES = { organization: 'org_', connection: 'conn_', directory: 'directory_' } as const;

/** A kind of object that has details. */
export type ObjectKind = keyof typeof ID_PREFIXES;

/** True for a kind of object that has details. */
export function isObjectKind(kind: string): kind is ObjectKind {
  return Object.hasOwn(ID_PREFIXES, kind);
}

/** True for an id as WorkOS makes it for such a kind. */
export function isObjectId(kind: ObjectKind, text: string): boolean {
  const prefix = ID_PREFIXES[kind];
  return text.startsWith(prefix) && /^[A-Za-z0-9]{1,64}$/u.test(text.slice(prefix.length));
}

/** True for an id that WorkOS made itself, of whatever kind: its name, and 26 signs that say nothing but a time. */
export function isMadeId(text: string): boolean {
  return /^[a-z][a-z_]{1,40}_[0-9A-HJKMNP-TV-Z]{26}$/u.test(text);
}
