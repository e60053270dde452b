import type { Kind } from './policy.ts';

/** How often something was covered, and where: `*` stands for places in lists, and for keys that anybody may have chosen. Never the values. */
export interface Found {
  readonly path: string;
  readonly kind: Kind;
  readonly count: number;
}

/** The same finds, each path and kind once. */
export function mergeFound(found: readonly Found[]): Found[] {
  const merged = new Map<string, Found>();
  for (const { path, kind, count } of found) {
    const key = `${kind} ${path}`;
    merged.set(key, { path, kind, count: count + (merged.get(key)?.count ?? 0) });
  }
  return [...merged.values()];
}

/** How often each kind was covered; `undefined` for none. */
export function countByKind(found: readonly Found[]): Record<string, number> | undefined {
  if (found.length === 0) return undefined;
  const counts: Record<string, number> = {};
  for (const { kind, count } of found) counts[kind] = count + (counts[kind] ?? 0);
  return counts;
}
