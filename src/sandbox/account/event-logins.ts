import type { BuiltOrganization } from './build.ts';
import type { EventDraft } from './event-lifecycle.ts';
import { objectId } from './ids.ts';
import { FIRST_NAMES, LAST_NAMES } from './names.ts';
import { type Random, randomFor } from './random.ts';
import { DAY, HOUR, iso, MINUTE, SECOND } from './time.ts';

/** Browsers that sample people use. */
export const USER_AGENTS = [
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
] as const;

const LOGIN_ERRORS = [
  { code: 'invalid_saml_signature', message: 'The SAML response signature does not match the certificate.' },
  { code: 'assertion_expired', message: 'The SAML assertion expired before it was received.' },
  { code: 'user_not_assigned', message: 'The user is not assigned to this application.' },
  { code: 'missing_email_attribute', message: 'The identity provider sent no email attribute.' },
] as const;

/** A person who signs in or acts. */
export interface Person {
  id: string;
  email: string;
  name: string;
}

/** Chooses somebody of the organization: an active directory user where there is one. */
export function somebody(built: BuiltOrganization, random: Random): Person {
  const people = built.directories[0]?.people();
  const count = built.directories[0]?.roster.count ?? 0;
  const row = people?.users.at(random.integer(0, Math.max(0, count - 1)));
  const domain = built.organization.domains[0]?.domain ?? 'example.com';
  const known = row?.state === 'active' ? row : undefined;
  const first = FIRST_NAMES[random.integer(0, 7)] ?? 'Ada';
  const last = LAST_NAMES[random.integer(0, 1)] ?? 'Abbott';
  const email = known?.email ?? `${first}.${last}@${domain}`.toLowerCase();
  const created = Date.parse(built.organization.created_at);
  return { id: objectId('user', created, `user:${email}`), email, name: known?.name ?? `${first} ${last}` };
}

/** An address from the blocks reserved for documentation. */
export function address(random: Random): string {
  return `${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${random.integer(2, 250)}`;
}

/** Every sign-in of the organization: over its connections, or by password. */
export function loginEvents(built: BuiltOrganization, oldest: number, now: number): EventDraft[] {
  const drafts: EventDraft[] = [];
  for (const { seed, connection } of built.connections) {
    const random = randomFor(`logins:${connection.id.slice(-16)}`);
    const since = Math.max(oldest, seed.updated);
    for (const time of spread(seed.logins, since, now - 10 * MINUTE, random)) {
      drafts.push(...ssoLogin(built, connection.id, time, random));
    }
    for (const time of spread(seed.failures ?? 0, now - 7 * DAY + HOUR, now - 20 * MINUTE, random)) {
      drafts.push(failedLogin(built, connection.id, time, random));
    }
  }
  const random = randomFor(`passwords:${built.organization.name}`);
  const since = Math.max(oldest, built.content.organization.updated);
  for (const time of spread(built.content.passwordLogins, since, now - 10 * MINUTE, random)) {
    const who = somebody(built, random);
    const origin = { ip_address: address(random), user_agent: random.pick(USER_AGENTS) };
    const data = { type: 'password', status: 'succeeded', ...origin, user_id: who.id, email: who.email };
    drafts.push({ time, event: 'authentication.password_succeeded', data });
    drafts.push(session(built, who, time, origin, 'password'));
  }
  return drafts;
}

function spread(count: number, since: number, until: number, random: Random): number[] {
  const step = (until - since) / Math.max(1, count);
  return Array.from({ length: count }, (_, place) => Math.floor(until - (place + random.next()) * step));
}

function ssoLogin(
  built: BuiltOrganization,
  connectionId: string,
  time: number,
  random: Random,
): EventDraft[] {
  const who = somebody(built, random);
  const origin = { ip_address: address(random), user_agent: random.pick(USER_AGENTS) };
  const sso = {
    organization_id: built.organization.id,
    connection_id: connectionId,
    session_id: objectId('session', time, `${who.email}:${time}`),
  };
  const data = { type: 'sso', status: 'succeeded', ...origin, user_id: who.id, email: who.email, sso };
  const login = { time, event: 'authentication.sso_succeeded', data };
  return random.next() < 0.4 ? [login, session(built, who, time, origin, 'sso')] : [login];
}

function failedLogin(
  built: BuiltOrganization,
  connectionId: string,
  time: number,
  random: Random,
): EventDraft {
  const who = somebody(built, random);
  return {
    time,
    event: 'authentication.sso_failed',
    data: {
      type: 'sso',
      status: 'failed',
      ip_address: address(random),
      user_agent: random.pick(USER_AGENTS),
      user_id: null,
      email: who.email,
      sso: { organization_id: built.organization.id, connection_id: connectionId, session_id: null },
      error: random.pick(LOGIN_ERRORS),
    },
  };
}

function session(
  built: BuiltOrganization,
  who: Person,
  time: number,
  origin: { ip_address: string; user_agent: string },
  method: 'sso' | 'password',
): EventDraft {
  const started = time + 2 * SECOND;
  return {
    time: started,
    event: 'session.created',
    data: {
      object: 'session',
      id: objectId('session', time, `${who.email}:${time}`),
      organization_id: built.organization.id,
      user_id: who.id,
      auth_method: method,
      ...origin,
      status: 'active',
      expires_at: iso(started + 12 * HOUR),
      ended_at: null,
      created_at: iso(started),
      updated_at: iso(started),
    },
  };
}
