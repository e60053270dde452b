import type { BuiltOrganization } from './build.ts';
import { address, somebody, USER_AGENTS } from './event-logins.ts';
import { objectId } from './ids.ts';
import { type Random, randomFor } from './random.ts';
import { DAY, iso, MINUTE } from './time.ts';
import type { AuditParty, AuditRow } from './types.ts';

// Names that a careless CSV reader breaks on: commas, quotes, line breaks, emoji, a formula.
const DOCUMENTS = [
  'Q3 "final" report, v2',
  'Roadmap 🚀 2027',
  'Minutes\nof the board meeting',
  '=SUM(A1:A9)',
  'Employee handbook',
] as const;
const ROLES = ['viewer', 'editor', 'admin'] as const;

const KINDS = [
  { action: 'user.signed_in', build: signedIn },
  { action: 'user.signed_in', build: signedIn },
  { action: 'user.invited', build: invited },
  { action: 'document.exported', build: exported },
  { action: 'document.shared', build: exported },
  { action: 'role.changed', build: roleChanged },
  { action: 'settings.updated', build: settingsUpdated },
] as const;

type Details = Pick<AuditRow, 'targets' | 'metadata'>;

/** The audit log of one organization over the last 90 days, oldest first. */
export function organizationAuditRows(built: BuiltOrganization, now: number): AuditRow[] {
  const total = built.content.audit.rows;
  const random = randomFor(`audit:${built.organization.name}`);
  const newest = now - 5 * MINUTE;
  const step = (89 * DAY) / Math.max(1, total);
  return Array.from({ length: total }, (_, place) => {
    const time = Math.floor(newest - (total - 1 - place + random.next()) * step);
    return auditRow(built, time, random);
  });
}

function auditRow(built: BuiltOrganization, time: number, random: Random): AuditRow {
  const who = somebody(built, random);
  const kind = random.pick(KINDS);
  return {
    action: kind.action,
    occurred_at: iso(time),
    actor: { id: who.id, type: 'user', name: who.name, metadata: { email: who.email } },
    ...kind.build(built, random),
    context: { location: address(random), user_agent: random.pick(USER_AGENTS) },
  };
}

function team(built: BuiltOrganization): AuditParty {
  const created = Date.parse(built.organization.created_at);
  const id = objectId('team', created, `team:${built.organization.name}`);
  return { id, type: 'team', name: built.organization.name, metadata: {} };
}

function signedIn(built: BuiltOrganization, random: Random): Details {
  return { targets: [team(built)], metadata: { method: random.pick(['sso', 'password', 'passkey']) } };
}

function invited(built: BuiltOrganization, random: Random): Details {
  const guest = somebody(built, random);
  const target = { id: guest.id, type: 'user', name: guest.name, metadata: { email: guest.email } };
  return { targets: [target, team(built)], metadata: { role: random.pick(ROLES) } };
}

function exported(built: BuiltOrganization, random: Random): Details {
  const name = random.pick(DOCUMENTS);
  const created = Date.parse(built.organization.created_at);
  const target = {
    id: objectId('document', created, `${built.organization.name}:${name}`),
    type: 'document',
    name,
    metadata: { pages: random.integer(1, 90), note: 'shared with "legal", finance' },
  };
  return {
    targets: [target],
    metadata: { format: random.pick(['pdf', 'csv']), watermark: random.next() < 0.5 },
  };
}

function roleChanged(built: BuiltOrganization, random: Random): Details {
  const colleague = somebody(built, random);
  const target = {
    id: colleague.id,
    type: 'user',
    name: colleague.name,
    metadata: { email: colleague.email },
  };
  return { targets: [target], metadata: { from: 'viewer', to: random.pick(ROLES) } };
}

function settingsUpdated(built: BuiltOrganization, random: Random): Details {
  return {
    targets: [team(built)],
    metadata: { setting: random.pick(['session_length', 'mfa_required']), previous: '' },
  };
}
