import type { OrganizationContent } from './content.ts';
import { LAND_WORDS, PLACE_WORDS, TRADE_WORDS } from './names.ts';
import { hashText } from './random.ts';
import { DAY, HOUR } from './time.ts';

// A factor that shares none with the 19,200 names, so that no name repeats within 10,000 organizations.
const NAME_STRIDE = 7_919;
const NAMES = PLACE_WORDS.length * LAND_WORDS.length * TRADE_WORDS.length;

function generatedName(index: number): string {
  const pick = (index * NAME_STRIDE) % NAMES;
  const rest = Math.floor(pick / PLACE_WORDS.length);
  const words = [
    PLACE_WORDS[pick % PLACE_WORDS.length],
    LAND_WORDS[rest % LAND_WORDS.length],
    TRADE_WORDS[Math.floor(rest / LAND_WORDS.length)],
  ];
  return words.join(' ');
}

/** A further, healthy organization for accounts of any size; the same number gives the same one. */
export function generatedOrganization(index: number, total: number, now: number): OrganizationContent {
  const name = generatedName(index);
  const domain = `${name.toLowerCase().replaceAll(' ', '-')}.example`;
  const created = Math.floor(now - 2 * DAY - ((total - index) / total) * 900 * DAY);
  const traits = hashText(name);
  const settled = Math.min(created + DAY, now - HOUR);
  return {
    organization: {
      name,
      created,
      updated: settled,
      externalId: index % 3 === 0 ? `crm-${String(index).padStart(6, '0')}` : null,
      metadata: traits % 2 === 0 ? { tier: 'business' } : {},
      domains: [{ domain, state: 'verified', created, updated: settled }],
    },
    connections: traits % 5 < 2 ? [connectionSeed(created, settled, domain, traits, now)] : [],
    directories: traits % 10 > 6 ? [directorySeed(name, created, settled, domain, traits, now)] : [],
    audit: { state: 'active', retention: 30, rows: 12 },
    passwordLogins: 2,
  };
}

function connectionSeed(
  created: number,
  settled: number,
  domain: string,
  traits: number,
  now: number,
): OrganizationContent['connections'][number] {
  const saml = traits % 3 !== 0;
  return {
    name: saml ? 'Okta SAML' : 'Google OIDC',
    type: saml ? 'OktaSAML' : 'GoogleOIDC',
    state: 'active',
    created: created + HOUR,
    updated: settled,
    domain,
    logins: 3,
    ...(saml ? { expires: now + (200 + (traits % 400)) * DAY } : {}),
  };
}

function directorySeed(
  name: string,
  created: number,
  settled: number,
  domain: string,
  traits: number,
  now: number,
): OrganizationContent['directories'][number] {
  return {
    name: `${name} Directory`,
    type: traits % 2 === 0 ? 'okta scim v2.0' : 'azure scim v2.0',
    state: 'linked',
    created: created + 2 * HOUR,
    updated: settled,
    domain,
    users: 5 + (traits % 36),
    departments: 3,
    groups: [],
    newest: [],
    from: created + 3 * HOUR,
    to: Math.min(created + 30 * DAY, now - 10 * HOUR),
  };
}
