import { createHash } from 'node:crypto';

type Digests = Readonly<Record<string, string>>;

/** What was accepted, as digests: equal locks mean that clients are told the same and the same defaults hold. */
export interface Lock {
  readonly instructions: string;
  readonly lockfileVersion: number;
  /** By name of the default. */
  readonly policy: Digests;
  /** By tool, then by published field. */
  readonly tools: Readonly<Record<string, Digests>>;
}

/** The form of lockfile that is written and read. */
export const LOCKFILE_VERSION = 1;

/** What clients are told, and what holds by default. */
export interface Contract {
  readonly instructions: string;
  readonly policy: object;
  /** Tools as `tools/list` shows them: every field counts, including those of a later protocol. */
  readonly tools: readonly { readonly name: string }[];
}

/** The digests of a contract, sorted by key. */
export function lockOf({ instructions, policy, tools }: Contract): Lock {
  return {
    instructions: digest(instructions),
    lockfileVersion: LOCKFILE_VERSION,
    policy: digests(policy),
    tools: sorted(tools.map(({ name, ...fields }) => [name, digests(fields)])),
  };
}

/** A lock as the text of its file: equal locks give equal bytes. */
export function lockText(lock: Lock): string {
  return `${JSON.stringify(lock, null, 2)}\n`;
}

function digests(fields: object): Digests {
  const published = Object.entries(fields).filter(([, value]) => value !== undefined);
  return sorted(published.map(([field, value]) => [field, digest(value)]));
}

/** Of the JSON as it is sent: a client may compute the same from what it received. */
function digest(value: unknown): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(value)).digest('hex')}`;
}

/** By code units, not by the rules of some language. */
function sorted<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
