import { type DomainProblem, parseDomain, parseDomains } from '../../../tools/domain-names.ts';
import { cutText } from '../../text/clean-text.ts';

/** An organization as far as a person has described it; every answer as it was typed. */
export interface OrganizationDraft {
  name: string;
  domains: string;
  domainState: 'pending' | 'verified';
  /** True once the person wants to say more than what is needed. */
  more: boolean;
  externalId: string;
  metadata: string;
}

/** A draft nothing is said in. */
export function emptyDraft(): OrganizationDraft {
  return { name: '', domains: '', domainState: 'pending', more: false, externalId: '', metadata: '' };
}

/** What is wrong with an answer; the texts are the command's. `detail` is what it is about. */
export interface Fault {
  readonly code:
    | DomainProblem
    | 'tooLong'
    | 'tooMany'
    | 'badCharacters'
    | 'noPair'
    | 'keyTooLong'
    | 'valueTooLong'
    | 'repeated';
  readonly detail: string;
}

const fault = (code: Fault['code'], detail = ''): Fault => ({ code, detail });

/** The limits are those of create_workos_organization. */
const NAME = 200;
const DOMAINS = 100;
const KEYS = 50;
const KEY = 40;
const VALUE = 600;
const EXTERNAL_ID = 128;

export function nameFault(text: string): Fault | undefined {
  const name = text.trim();
  if (name === '') return fault('empty');
  return name.length > NAME ? fault('tooLong', String(NAME)) : undefined;
}

/** Domains from a list as people type or paste it. */
function splitDomains(list: string): string[] {
  return [...new Set(list.split(/[\s,;]+/u).filter((domain) => domain !== ''))];
}

/** The domains of a list without faults as WorkOS stores them: what looks alike there is alike. */
export function domainsOf(list: string): string[] {
  return parseDomains(splitDomains(list));
}

export function domainsFault(list: string): Fault | undefined {
  const domains = splitDomains(list);
  if (domains.length === 0) return fault('empty');
  if (domains.length > DOMAINS) return fault('tooMany', String(DOMAINS));
  for (const domain of domains) {
    const parsed = parseDomain(domain);
    if ('problem' in parsed) return fault(parsed.problem, cutText(domain, 100));
  }
  return undefined;
}

export function externalIdFault(text: string): Fault | undefined {
  const id = text.trim();
  if (id.length > EXTERNAL_ID) return fault('tooLong', String(EXTERNAL_ID));
  return /^[\x20-\x7e]*$/u.test(id) ? undefined : fault('badCharacters');
}

/** Pairs of `key=value, key=value`; a comma inside a value is written `\,`. */
function splitPairs(text: string): string[] {
  return text
    .split(/(?<!\\),/u)
    .map((pair) => pair.replaceAll('\\,', ',').trim())
    .filter((pair) => pair !== '');
}

export function metadataFault(text: string): Fault | undefined {
  const pairs = splitPairs(text);
  if (pairs.length > KEYS) return fault('tooMany', String(KEYS));
  const seen = new Set<string>();
  for (const pair of pairs) {
    const [key, value] = keyAndValue(pair);
    if (key === '' || value === undefined) return fault('noPair', pair.slice(0, 60));
    if (key.length > KEY) return fault('keyTooLong', key.slice(0, 60));
    if (value.length > VALUE) return fault('valueTooLong', key);
    if (seen.has(key)) return fault('repeated', key);
    seen.add(key);
  }
  return undefined;
}

function keyAndValue(pair: string): [key: string, value: string | undefined] {
  const mark = pair.indexOf('=');
  return mark < 0 ? [pair, undefined] : [pair.slice(0, mark).trim(), pair.slice(mark + 1).trim()];
}

/** The pairs of a text without faults. */
export function metadataOf(text: string): Record<string, string> {
  return Object.fromEntries(
    splitPairs(text).map((pair) => {
      const [key, value = ''] = keyAndValue(pair);
      return [key, value];
    }),
  );
}

/** The tool's input for a draft without faults. */
export function inputOf({ name, domains, domainState, externalId, metadata }: OrganizationDraft) {
  const pairs = metadataOf(metadata);
  return {
    name: name.trim(),
    domains: domainsOf(domains),
    domain_state: domainState,
    ...(externalId.trim() !== '' && { external_id: externalId.trim() }),
    ...(Object.keys(pairs).length > 0 && { metadata: pairs }),
  };
}
