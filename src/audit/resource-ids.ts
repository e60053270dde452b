import { isRecord } from '../shared/json.ts';
import { ID_PREFIXES, isMadeId } from '../shared/object-ids.ts';

/** So many ids are recorded of a value, and so many places looked at. */
const MOST_IDS = 50;
const MOST_PLACES = 20_000;

/** The organizations, connections and directories a value names by ids that WorkOS made, once each. A text that has more in it than an id is none. */
export function resourceIds(value: unknown): readonly string[] {
  const found = new Set<string>();
  const waiting: unknown[] = [value];
  for (let place = 0; place < MOST_PLACES && waiting.length > 0 && found.size < MOST_IDS; place += 1) {
    const next = waiting.pop();
    if (typeof next === 'string') {
      if (isResourceId(next)) found.add(next);
    } else if (Array.isArray(next)) waiting.push(...next.slice(0, MOST_PLACES).toReversed());
    else if (isRecord(next)) waiting.push(...Object.values(next).slice(0, MOST_PLACES).toReversed());
  }
  return [...found];
}

const SIGNS = 26;

function isResourceId(text: string): boolean {
  const kind = Object.values(ID_PREFIXES).find((prefix) => text.startsWith(prefix));
  return kind !== undefined && text.length === kind.length + SIGNS && isMadeId(text);
}
