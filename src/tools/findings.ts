import type { AuditLogConfiguration, Connection, Directory, OrganizationDomain } from '../workos/schemas.ts';
import type { CertificateHealth } from './certificate.ts';
import type { Issue } from './fields.ts';

const DAY_MS = 86_400_000;
/** A pending domain turns failed after this many days. */
const VERIFICATION_DAYS = 30;

/** Whole days left until a pending domain fails; 0 when it is due. */
export function verificationDaysLeft(domain: OrganizationDomain, now: Date): number | undefined {
  if (domain.state !== 'pending' || domain.created_at === undefined) return undefined;
  const age = (now.getTime() - Date.parse(domain.created_at)) / DAY_MS;
  return Number.isFinite(age) ? Math.max(0, Math.ceil(VERIFICATION_DAYS - age)) : undefined;
}

/** Findings about a domain of an organization. */
export function domainIssues(domain: OrganizationDomain, now: Date): Issue[] {
  const ids = domain.id === undefined ? [] : [domain.id];
  if (domain.state === 'failed') {
    const message = `Domain ${domain.domain} failed verification: its DNS TXT record was not found within ${VERIFICATION_DAYS} days. Add the domain again and publish the new record.`;
    return [{ code: 'domain_failed', severity: 'high', message, ids }];
  }
  if (domain.state === 'pending') {
    const left = verificationDaysLeft(domain, now);
    const due = left === undefined ? '' : ` within ${dayCount(left)}`;
    const message = `Domain ${domain.domain} is not verified yet: publish its DNS TXT record${due}.`;
    return [{ code: 'domain_pending', severity: 'medium', message, ids }];
  }
  return [];
}

type StateMeaning = Readonly<
  Record<string, { readonly meaning: string; readonly severity?: Issue['severity'] }>
>;

const CONNECTION_STATES: StateMeaning = {
  active: { meaning: 'Users can sign in through it.' },
  requires_type: {
    meaning: 'No identity provider has been chosen yet; nobody can sign in.',
    severity: 'medium',
  },
  draft: { meaning: 'Set-up is not finished; nobody can sign in.', severity: 'medium' },
  validating: { meaning: 'Set up, but nobody has signed in successfully yet.', severity: 'medium' },
  inactive: { meaning: 'Switched off or disconnected; nobody can sign in.', severity: 'high' },
  deleting: { meaning: 'Being deleted; nobody can sign in.', severity: 'medium' },
};

const DIRECTORY_STATES: StateMeaning = {
  linked: { meaning: 'Connected; changes at the provider arrive here.' },
  validating: { meaning: 'Set up, but the provider has not connected yet.', severity: 'medium' },
  invalid_credentials: {
    meaning:
      'The provider refuses the stored credentials; users and groups are no longer updated. The customer has to reconnect it.',
    severity: 'high',
  },
  unlinked: { meaning: 'Disconnected; users and groups are no longer updated.', severity: 'high' },
  deleting: { meaning: 'Being deleted; users and groups are no longer updated.', severity: 'medium' },
};

const UNKNOWN_STATE = 'A state this server does not know.';

/** What a connection's state means for its users. */
export function connectionStateMeaning(state: string): string {
  return CONNECTION_STATES[state]?.meaning ?? UNKNOWN_STATE;
}

/** What a directory's state means for its data. */
export function directoryStateMeaning(state: string): string {
  return DIRECTORY_STATES[state]?.meaning ?? UNKNOWN_STATE;
}

/** Findings told by a connection's state. */
export function connectionIssues({ id, name, state }: Connection): Issue[] {
  const known = CONNECTION_STATES[state];
  if (known?.severity === undefined) return [];
  return [
    {
      code: `connection_${state}`,
      severity: known.severity,
      message: `Connection ${name} is ${state}. ${known.meaning}`,
      ids: [id],
    },
  ];
}

/** Findings told by a directory's state. */
export function directoryIssues({ id, name, state }: Directory): Issue[] {
  const known = DIRECTORY_STATES[state];
  if (known?.severity === undefined) return [];
  return [
    {
      code: `directory_${state}`,
      severity: known.severity,
      message: `Directory ${name} is ${state}. ${known.meaning}`,
      ids: [id],
    },
  ];
}

/** Findings about a connection's signing certificate. */
export function certificateIssues({ id, name }: Connection, health: CertificateHealth): Issue[] {
  if (health.status === 'expired') {
    const message = `The signing certificate of ${name} has expired${health.expires_at ? ` on ${health.expires_at}` : ''}; sign-in fails until it is renewed.`;
    return [{ code: 'certificate_expired', severity: 'high', message, ids: [id] }];
  }
  if (health.status === 'expiring') {
    const message = `The signing certificate of ${name} expires in ${dayCount(health.days_left ?? 0)}; renew it before then.`;
    return [
      {
        code: 'certificate_expiring',
        severity: (health.days_left ?? 0) <= 7 ? 'high' : 'medium',
        message,
        ids: [id],
      },
    ];
  }
  return [];
}

/** Findings about recent failed logins through a connection. */
export function loginIssues({ id, name }: Connection, failures: number, days: number): Issue[] {
  if (failures === 0) return [];
  const message = `${failures} failed ${failures === 1 ? 'login' : 'logins'} through ${name} in the last ${days} days.`;
  return [{ code: 'sso_failures', severity: 'medium', message, ids: [id] }];
}

/** Findings about the stream that carries audit-log events elsewhere. */
export function logStreamIssues(configuration: AuditLogConfiguration | undefined): Issue[] {
  const stream = configuration?.log_stream;
  if (stream?.state !== 'error' && stream?.state !== 'invalid') return [];
  const last = stream.last_synced_at === undefined ? '' : ` It last delivered on ${stream.last_synced_at}.`;
  const message = `The audit-log stream to ${stream.type ?? 'its destination'} is in state ${stream.state}: events are not delivered.${last}`;
  return [
    {
      code: `log_stream_${stream.state}`,
      severity: 'high',
      message,
      ids: stream.id === undefined ? [] : [stream.id],
    },
  ];
}

const SEVERITIES = { high: 0, medium: 1, low: 2 };

/** Worst first. */
export function bySeverity(issues: readonly Issue[]): Issue[] {
  return [...issues].sort((a, b) => SEVERITIES[a.severity] - SEVERITIES[b.severity]);
}

function dayCount(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}
