import type { Output } from '../../tools/registry.ts';
import type { L10n } from '../text/l10n.ts';
import { code, facts, section, text, time } from '../text/markdown.ts';
import { groupCount, stateWord, userCount } from '../text/words.ts';

type Details = Output<'get_organization_details'>;

/** The readable part of an organization's details. */
export function organizationSections(l10n: L10n, details: Details): string[] {
  return [
    section(l10n.t('Overview'), overview(l10n, details)),
    listed(
      l10n.t('Domains'),
      details.domains,
      (domain) => domainLines(l10n, domain),
      l10n.t('No domains. Nobody is routed to its SSO by e-mail address.'),
    ),
    listed(
      l10n.t('SSO connections'),
      details.connections,
      (connection) => connectionLine(l10n, connection),
      l10n.t('No SSO connections.'),
    ),
    listed(
      l10n.t('Directories'),
      details.directories,
      (directory) => directoryLine(l10n, directory),
      l10n.t('No directories.'),
    ),
    section(l10n.t('Audit log'), auditLog(l10n, details.audit_log)),
    section(
      l10n.t('Metadata'),
      Object.entries(details.metadata ?? {})
        .map(([key, value]) => `- ${code(key)}: ${code(value)}`)
        .join('\n'),
    ),
  ];
}

function overview(l10n: L10n, { id, external_id, created_at, updated_at }: Details): string {
  return facts([
    [l10n.t('ID'), id && code(id)],
    [l10n.t('External ID'), external_id && code(external_id)],
    [l10n.t('Created'), time(created_at)],
    [l10n.t('Updated'), time(updated_at)],
  ]);
}

/** A section of one entry per item, or a sentence that there is none. */
function listed<T>(
  heading: string,
  items: readonly T[] | undefined,
  line: (item: T) => string,
  none: string,
): string {
  const lines = (items ?? []).map(line);
  return section(heading, lines.length > 0 ? lines.join('\n') : none);
}

function domainLines(l10n: L10n, domain: NonNullable<Details['domains']>[number]): string {
  const { dns_record: record, days_left: left } = domain;
  const parts = [text(stateWord(l10n, domain.state))];
  if (left === 1) parts.push(l10n.t('1 day left to verify it'));
  else if (left !== undefined) parts.push(l10n.t('{0} days left to verify it', left));
  const line = `- ${code(domain.domain)} – ${parts.filter(Boolean).join(', ')}`;
  if (record === undefined) return line;
  return [
    line,
    `  - ${l10n.t('TXT record, name: {0}', code(record.name))}`,
    `  - ${l10n.t('TXT record, value: {0}', code(record.value))}`,
  ].join('\n');
}

type Summary = NonNullable<Details['connections']>[number];

function connectionLine(l10n: L10n, { id, name, state, provider, type }: Summary): string {
  return `- **${text(name ?? '') || code(id)}** – ${summary([stateWord(l10n, state), provider ?? type])} – ${code(id)}`;
}

function directoryLine(l10n: L10n, directory: NonNullable<Details['directories']>[number]): string {
  const { users, groups } = directory;
  const counts = [
    users === undefined ? undefined : userCount(l10n, users),
    groups === undefined ? undefined : groupCount(l10n, groups),
  ];
  const { id, name, state, provider, type } = directory;
  const about = summary([stateWord(l10n, state), provider ?? type, ...counts]);
  return `- **${text(name ?? '') || code(id)}** – ${about} – ${code(id)}`;
}

function dayCount(l10n: L10n, days: number): string {
  return days === 1 ? l10n.t('1 day') : l10n.t('{0} days', days);
}

function summary(parts: readonly (string | undefined)[]): string {
  return parts.flatMap((part) => (part ? [text(part, 80)] : [])).join(' · ');
}

function auditLog(l10n: L10n, configuration: Details['audit_log']): string {
  if (configuration === undefined)
    return l10n.t('Not configured: the customer-facing application records no events for this organization.');
  const { state, retention_days: days, log_stream: stream } = configuration;
  const delivered = time(stream?.last_synced_at);
  return facts([
    [l10n.t('State'), state && text(stateWord(l10n, state), 80)],
    [l10n.t('Events are kept'), days === undefined ? undefined : dayCount(l10n, days)],
    [l10n.t('Log stream'), stream && summary([stream.type, stateWord(l10n, stream.state)])],
    [l10n.t('Last delivered'), delivered],
  ]);
}
