import type { Output } from '../../tools/registry.ts';
import type { L10n } from '../text/l10n.ts';
import { code, facts, section, text, time } from '../text/markdown.ts';
import { stateWord } from '../text/words.ts';

type Details = Output<'get_sso_connection_details'>;

/** The readable part of an SSO connection's details. */
export function connectionSections(l10n: L10n, details: Details): string[] {
  return [
    section(l10n.t('Overview'), overview(l10n, details)),
    section(l10n.t('Signing certificate'), certificate(l10n, details)),
    section(l10n.t('Logins'), logins(l10n, details)),
    section(l10n.t('Domains'), (details.domains ?? []).map(({ domain }) => `- ${code(domain)}`).join('\n')),
  ];
}

function overview(l10n: L10n, details: Details): string {
  const { id, organization, state, state_meaning, provider, protocol, type } = details;
  return facts([
    [
      l10n.t('State'),
      [text(stateWord(l10n, state), 80), text(state_meaning ?? '')].filter(Boolean).join(' – '),
    ],
    [l10n.t('Organization'), organization && reference(organization)],
    [l10n.t('Identity provider'), text(provider ?? '', 80)],
    [l10n.t('Protocol'), text(protocol ?? '', 80)],
    [l10n.t('Type'), type && code(type)],
    [l10n.t('ID'), id && code(id)],
    [l10n.t('Created'), time(details.created_at)],
    [l10n.t('Updated'), time(details.updated_at)],
  ]);
}

/** An organization as other details name it. */
export function reference({ id, name }: { id: string; name?: string | undefined }): string {
  return name === undefined ? code(id) : `${text(name)} – ${code(id)}`;
}

function certificate(l10n: L10n, { certificate: found }: Details): string {
  if (found === undefined) return '';
  const { status, expires_at, days_left: left, source } = found;
  const statuses = {
    ok: l10n.t('valid'),
    expiring: l10n.t('expires soon'),
    expired: l10n.t('expired'),
    unknown: l10n.t('unknown: WorkOS shows neither the certificate nor an event about it'),
  };
  const read = {
    certificate: l10n.t('the certificate itself'),
    renewal_event: l10n.t('the latest renewal event'),
  };
  return facts([
    [l10n.t('Status'), statuses[status]],
    [l10n.t('Expires'), time(expires_at)],
    [l10n.t('Days left'), left === undefined || status === 'expired' ? undefined : String(left)],
    [l10n.t('Read from'), source && read[source]],
  ]);
}

function logins(l10n: L10n, { last_login: last, last_login_note: note, failures = [] }: Details): string {
  const lastLogin =
    last && [time(last.time), last.email === undefined ? '' : code(last.email)].filter(Boolean).join(', ');
  const failed = failures.map(({ error, count, last: at, message }) => {
    const about = message === undefined ? '' : ` – ${text(message, 300)}`;
    return `  - ${code(error)} × ${count}, ${l10n.t('last at {0}', time(at) ?? '')}${about}`;
  });
  const none = failures.length === 0 ? l10n.t('none') : l10n.t('by error:');
  return [
    facts([
      [l10n.t('Last successful login'), lastLogin ?? (note && text(note))],
      [l10n.t('Failed logins in the last 7 days'), none],
    ]),
    ...failed,
  ].join('\n');
}
