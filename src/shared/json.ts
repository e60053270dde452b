/** A value that survives JSON. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** True for a plain keyed object (not null, not an array). */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON with sorted keys and no undefined: equal values give equal text, whatever order they were built in. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

/** Drops nulls, undefined, empty strings, empty arrays and empty objects at every depth. */
export function prune(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) {
    const kept: unknown[] = [];
    for (const item of value) {
      const inner = prune(item);
      if (inner !== undefined) kept.push(inner);
    }
    return kept.length > 0 ? kept : undefined;
  }
  if (!isRecord(value)) return value;
  const kept: [string, unknown][] = [];
  for (const key of Object.keys(value)) {
    const inner = prune(value[key]);
    if (inner !== undefined) kept.push([key, inner]);
  }
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** Bytes of a value as the compact JSON that is sent. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

/** The keys and texts in a value, however deeply it is nested. */
export function textsIn(value: unknown): string {
  const texts: string[] = [];
  const rest = [value];
  // The list grows while it is walked through.
  for (const each of rest) {
    if (typeof each === 'string') texts.push(each);
    else if (typeof each === 'object' && each !== null)
      for (const [key, inner] of Object.entries(each)) {
        texts.push(key);
        rest.push(inner);
      }
  }
  return texts.join('\n');
}

/** Whether a value has no more levels of lists and objects than that. */
export function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
