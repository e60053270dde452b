import { isRecord } from '../../shared/json.ts';

/** The kinds of objects that rows show. */
const KINDS = ['organization', 'connection', 'directory', 'group', 'user', 'domain', 'event'] as const;

/** What commands need to know of the object a row shows. */
export interface Subject {
  readonly kind: (typeof KINDS)[number];
  readonly id: string;
  readonly name: string;
  /** Id of the organization it belongs to, where that is known. */
  readonly organization?: string | undefined;
  /** Id of the directory it belongs to: of groups and users. */
  readonly directory?: string | undefined;
}

/** True for what a command can work with: anybody may run one by a key binding, with any arguments. */
export function isSubject(value: unknown): value is Subject {
  if (!isRecord(value)) return false;
  const { kind, id, name, organization, directory } = value;
  const texts = typeof id === 'string' && id !== '' && typeof name === 'string';
  return texts && KINDS.some((known) => known === kind) && isOptional(organization) && isOptional(directory);
}

function isOptional(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
