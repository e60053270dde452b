import { type Checked, connectionHealth, needAttention, worstFirst } from './health.ts';

/** What SSO connections can be grouped by. */
export type GroupedBy = 'organization' | 'state';

/** What grouping needs to know of a connection. */
export interface Grouped extends Checked {
  readonly organization?: { readonly id: string } | undefined;
  readonly domains?: readonly string[] | undefined;
}

/** Connections of one organization, or in one state. */
export interface ConnectionGroup<T> {
  /** Id of the organization, or the state; empty for connections of none. */
  readonly key: string;
  /** Worst first. */
  readonly rows: readonly T[];
  /** How many of them need attention. */
  readonly attention: number;
}

/** Groups of connections: those that need attention first, by their worst row; else in the order they came in. */
export function groupConnections<T extends Grouped>(
  rows: readonly T[],
  by: GroupedBy,
): readonly ConnectionGroup<T>[] {
  const keyOf = ({ organization, state }: T) => (by === 'state' ? (state ?? '') : (organization?.id ?? ''));
  const groups = [...Map.groupBy(rows, keyOf)].map(([key, members]) => ({
    key,
    rows: worstFirst(members, connectionHealth),
    attention: needAttention(members).length,
  }));
  const worst = worstFirst(groups, ({ rows: [first] }) => (first ? connectionHealth(first) : 'healthy'));
  return worst.toSorted((a, b) => Number(b.attention > 0) - Number(a.attention > 0));
}

/** What an organization is called where its name is not known: by a domain of its connections, else by its id. */
export function fallbackName(id: string, rows: readonly Grouped[]): string {
  return rows.flatMap(({ domains = [] }) => domains)[0] ?? id;
}
