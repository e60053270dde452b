/** How something is, as its icon and place in a list tell; worst first. */
export const HEALTHS = ['broken', 'off', 'warning', 'waiting', 'unfinished', 'unknown', 'healthy'] as const;
export type Health = (typeof HEALTHS)[number];

/** What rows tell about themselves. */
export interface Checked {
  readonly state?: string | undefined;
  readonly findings?: readonly string[] | undefined;
}

const CONNECTION: ReadonlyMap<string, Health> = new Map<string, Health>([
  ['active', 'healthy'],
  ['inactive', 'off'],
  ['validating', 'waiting'],
  ['draft', 'unfinished'],
  ['requires_type', 'unfinished'],
  ['deleting', 'unfinished'],
]);

const DIRECTORY: ReadonlyMap<string, Health> = new Map<string, Health>([
  ['linked', 'healthy'],
  ['invalid_credentials', 'broken'],
  ['unlinked', 'off'],
  ['validating', 'waiting'],
  ['deleting', 'unfinished'],
]);

const DOMAIN: ReadonlyMap<string, Health> = new Map<string, Health>([
  ['verified', 'healthy'],
  ['legacy_verified', 'healthy'],
  ['pending', 'waiting'],
  ['failed', 'broken'],
  ['unverified', 'unfinished'],
]);

/** Health of an SSO connection: its state, unless a finding is worse. */
export function connectionHealth({ state = '', findings = [] }: Checked): Health {
  const own = CONNECTION.get(state) ?? 'unknown';
  if (findings.includes('certificate_expired')) return 'broken';
  return own === 'healthy' && findings.length > 0 ? 'warning' : own;
}

/** Health of a directory, told by its state. */
export function directoryHealth({ state = '', findings = [] }: Checked): Health {
  const own = DIRECTORY.get(state) ?? 'unknown';
  return own === 'healthy' && findings.length > 0 ? 'warning' : own;
}

/** Health of a domain, told by its state. */
export function domainHealth(state = ''): Health {
  return DOMAIN.get(state) ?? 'unknown';
}

/** What a security event tells: something failed, something succeeded, or something was changed. */
export function eventHealth({
  type = '',
  state = '',
  error,
}: {
  readonly type?: string | undefined;
  readonly state?: string | undefined;
  readonly error?: string | undefined;
}): 'failure' | 'success' | 'change' {
  if (error !== undefined || /(^|[._])(failed|failure|denied|error)$/u.test(type) || state === 'failed')
    return 'failure';
  return /(^|[._])(succeeded|verified|activated)$/u.test(type) ? 'success' : 'change';
}

/** Findings a state does not tell already. */
export function furtherFindings({ findings = [] }: Checked): readonly string[] {
  return findings.filter((code) => !/^(connection|directory)_/u.test(code));
}

/** How many things are wrong with rows, all together: what a badge counts. */
export function findingCount(rows: readonly Checked[]): number {
  return rows.reduce((sum, { findings = [] }) => sum + findings.length, 0);
}

/** The domains of an organization whose verification failed. */
export function failedDomains({
  domains = [],
}: {
  readonly domains?: readonly { readonly domain: string; readonly state?: string | undefined }[] | undefined;
}): readonly string[] {
  return domains.filter(({ state }) => state === 'failed').map(({ domain }) => domain);
}

/** Rows that need attention: those with findings. */
export function needAttention<T extends Checked>(rows: readonly T[]): readonly T[] {
  return rows.filter(({ findings = [] }) => findings.length > 0);
}

/** Worst first; rows of the same health stay in their order. */
export function worstFirst<T>(rows: readonly T[], healthOf: (row: T) => Health): T[] {
  return rows.toSorted((a, b) => rank(healthOf(a)) - rank(healthOf(b)));
}

function rank(health: Health): number {
  return HEALTHS.indexOf(health);
}
