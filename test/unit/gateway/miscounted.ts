import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../../../src/shared/json.ts';

type Fields = Record<string, unknown>;
const MAPS = new Set(['metadata', 'custom_attributes', 'by_state']);

/** Where a cut record differs from the whole without saying so in `omitted`, or says what is not so. */
export function miscounted(whole: Fields, shown: Fields, path = ''): string[] {
  const omitted = (shown['omitted'] ?? {}) as Record<string, number>;
  const problems = Object.keys({ ...whole, ...omitted }).filter((key) => {
    return leftOut(key, whole[key], shown[key]) !== (omitted[key] ?? 0);
  });
  const nested = Object.entries(whole).flatMap(([key, value]) => {
    const part = shown[key];
    if (Array.isArray(value) && Array.isArray(part)) {
      return part.flatMap((entry: unknown, index) => within(value[index], entry, `${path}${key}.${index}.`));
    }
    return MAPS.has(key) ? [] : within(value, part, `${path}${key}.`);
  });
  return [...problems.map((key) => path + key), ...nested];
}

function within(whole: unknown, shown: unknown, path: string): string[] {
  return isRecord(whole) && isRecord(shown) ? miscounted(whole, shown, path) : [];
}

/** How much of a field is not shown; NaN when what is shown is not the beginning of the whole. */
function leftOut(key: string, whole: unknown, shown: unknown): number {
  if (Array.isArray(whole) && Array.isArray(shown)) {
    return whole.filter((entry, index) => {
      if (isRecord(entry)) return index >= shown.length;
      return !isDeepStrictEqual(entry, shown[index]);
    }).length;
  }
  if (isRecord(whole) && isRecord(shown)) {
    if (!MAPS.has(key)) return 0;
    return Object.entries(whole).filter(([name, entry]) => !isDeepStrictEqual(entry, shown[name])).length;
  }
  if (isDeepStrictEqual(whole, shown)) return 0;
  if (typeof whole !== 'string' || typeof shown !== 'string') return Number.NaN;
  return whole.startsWith(shown.slice(0, -1)) ? whole.length - (shown.length - 1) : Number.NaN;
}
