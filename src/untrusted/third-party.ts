import { domainToUnicode } from 'node:url';
import { isRecord } from '../shared/json.ts';

/** Fields whose text is ours, or one of a few words of the API. Any other text is somebody's until it looks like an id. */
const OURS: ReadonlySet<string> = new Set([
  'environment',
  'next_cursor',
  'code',
  'severity',
  'source',
  'status',
  'section',
  'summary',
  'note',
  'findings',
  'findings_from',
  'state_meaning',
  'activity_note',
  'last_login_note',
  'unknown_types',
  'protocol',
  'dns_record',
]);
/** Maps whose keys are anybody's, too. */
const MAPS: ReadonlySet<string> = new Set(['metadata', 'custom_attributes']);
const ID_FIELD = /^(?:.+_)?ids?$/u;
const ID = /^\w{1,100}$/u;
/** Fields of the API that hold one of a few words, of which it may know more than we do. */
const WORD_FIELDS: ReadonlySet<string> = new Set(['type', 'state', 'provider', 'error', 'roles']);
const WORDS = /^[\w.:/-]{1,40}(?: [\w.:()/-]{1,20}){0,2}$/u;
const TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]{5,12}(?:Z|[+-]\d{2}:\d{2})$/u;
const ADDRESS = /^[\da-f.:]{3,45}$/iu;

/** True when a result holds text that people outside of this server wrote; what the caller said themselves is not news. */
export function holdsThirdPartyText(result: unknown, said: string): boolean {
  const known = said.toLowerCase();
  return isForeign(result, '', (text) => {
    const lower = text.toLowerCase();
    // The API gives domains back in ASCII.
    return known.includes(lower) || (lower.includes('xn--') && known.includes(domainToUnicode(lower)));
  });
}

/** True when a sentence of ours quotes something that the caller did not say. */
export function quotesThirdPartyText(sentence: string, said: string): boolean {
  const known = said.toLowerCase();
  return sentence.split('"').some((part, place) => place % 2 === 1 && !known.includes(part.toLowerCase()));
}

function isForeign(value: unknown, key: string, isKnown: (text: string) => boolean): boolean {
  if (typeof value === 'string') return isForeignText(value, key) && !isKnown(value);
  if (Array.isArray(value)) return value.some((entry) => isForeign(entry, key, isKnown));
  if (!isRecord(value)) return false;
  const isMap = MAPS.has(key);
  return Object.entries(value).some(([name, inner]) => {
    if (isMap) return !isKnown(name) || isForeign(inner, '', isKnown);
    return !OURS.has(name) && isForeign(inner, name, isKnown);
  });
}

function isForeignText(text: string, key: string): boolean {
  if (text === '' || TIME.test(text)) return false;
  if (ID_FIELD.test(key)) return !ID.test(text);
  if (WORD_FIELDS.has(key)) return !WORDS.test(text);
  return key !== 'ip' || !ADDRESS.test(text);
}
