import type { OrganizationDomain } from '../account/types.ts';
import { type FieldError, invalid, refusal } from '../reply.ts';

/** A new organization as asked for, checked. */
export interface NewOrganization {
  name: string;
  domains: { domain: string; state: OrganizationDomain['state'] }[];
  externalId: string | null;
  metadata: Record<string, string>;
}

const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const ASCII = /^[\x20-\x7e]*$/;
const MAX_EXTERNAL_ID = 128;
const MAX_KEYS = 50;
const MAX_KEY = 40;
const MAX_VALUE = 600;

function members(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}

function readName(value: unknown, errors: FieldError[]): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  errors.push({ code: value === undefined ? 'required' : 'invalid_name', field: 'name' });
  return '';
}

function readState(value: unknown, field: string, errors: FieldError[]): OrganizationDomain['state'] {
  if (value === 'pending' || value === 'verified') return value;
  errors.push({ code: value === undefined ? 'required' : 'invalid_state', field: `${field}.state` });
  return 'pending';
}

function readDomain(value: unknown, field: string, errors: FieldError[]): string {
  const domain = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (!DOMAIN.test(domain)) errors.push({ code: value === undefined ? 'required' : 'invalid_domain', field });
  return domain;
}

function readDomains(body: Map<string, unknown>, errors: FieldError[]): NewOrganization['domains'] {
  const data = body.get('domain_data') ?? [];
  const plain = body.get('domains') ?? [];
  if (!Array.isArray(data)) errors.push({ code: 'invalid_type', field: 'domain_data' });
  if (!Array.isArray(plain)) errors.push({ code: 'invalid_type', field: 'domains' });
  const described = (Array.isArray(data) ? data : []).map((entry: unknown, place) => {
    const field = `domain_data.${place}`;
    const given = members(entry) ?? new Map<string, unknown>();
    return {
      domain: readDomain(given.get('domain'), `${field}.domain`, errors),
      state: readState(given.get('state'), field, errors),
    };
  });
  const named = (Array.isArray(plain) ? plain : []).map((entry: unknown, place) => ({
    domain: readDomain(entry, `domains.${place}`, errors),
    state: 'pending' as const,
  }));
  return [...described, ...named];
}

function readExternalId(value: unknown, errors: FieldError[]): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && value !== '' && value.length <= MAX_EXTERNAL_ID && ASCII.test(value)) {
    return value;
  }
  errors.push({ code: 'invalid_external_id', field: 'external_id' });
  return null;
}

function readMetadata(value: unknown): Record<string, string> {
  if (value === undefined || value === null) return {};
  const given = members(value);
  if (given === undefined) throw refusal(400, 'Metadata must be an object.', 'invalid_metadata');
  if (given.size > MAX_KEYS) throw refusal(400, 'Metadata has more than 50 keys.', 'invalid_metadata');
  const entries: [string, string][] = [];
  for (const [key, text] of given) {
    if (key === '' || key.length > MAX_KEY || !ASCII.test(key)) {
      throw refusal(400, 'A metadata key is longer than 40 characters or not ASCII.', 'invalid_metadata');
    }
    if (typeof text !== 'string' || text.length > MAX_VALUE) {
      throw refusal(400, 'A metadata value is not a text of at most 600 characters.', 'invalid_metadata');
    }
    entries.push([key, text]);
  }
  return Object.fromEntries(entries);
}

/** Reads the body of `POST /organizations`, or refuses it as WorkOS does. */
export function readNewOrganization(body: unknown): NewOrganization {
  const given = members(body);
  if (given === undefined) throw invalid('Validation failed', [{ code: 'required', field: 'name' }]);
  const errors: FieldError[] = [];
  const name = readName(given.get('name'), errors);
  const domains = readDomains(given, errors);
  const externalId = readExternalId(given.get('external_id'), errors);
  if (errors.length > 0) throw invalid('Validation failed', errors);
  return { name, domains, externalId, metadata: readMetadata(given.get('metadata')) };
}
