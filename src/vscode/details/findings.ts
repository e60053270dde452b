import type { Output } from '../../tools/registry.ts';
import type { L10n } from '../text/l10n.ts';
import { section, text } from '../text/markdown.ts';

type Issue = NonNullable<Output<'get_organization_details'>['issues']>[number];

/** What is wrong, worst first, each with what to do about it. */
export function findingsSection(l10n: L10n, issues: readonly Issue[] = []): string {
  const heading = l10n.t('Findings');
  if (issues.length === 0) return section(heading, l10n.t('Nothing is wrong here, as far as WorkOS tells.'));
  return section(heading, issues.map((issue) => finding(l10n, issue)).join('\n'));
}

function finding(l10n: L10n, { code, severity, message }: Issue): string {
  const advice = adviceFor(l10n, code);
  const line = `- **${severityName(l10n, severity)}:** ${text(message, 2_000)}`;
  return advice === undefined ? line : `${line}\n  - ${l10n.t('What to do: {0}', advice)}`;
}

function severityName(l10n: L10n, severity: Issue['severity']): string {
  const names = { high: l10n.t('High'), medium: l10n.t('Medium'), low: l10n.t('Low') };
  return names[severity];
}

/** What helps, for findings whose own message does not say it. */
function adviceFor(l10n: L10n, code: string): string | undefined {
  if (code.startsWith('certificate_'))
    return l10n.t(
      'get the new signing certificate or metadata from the customer’s identity provider, and upload it to the connection in the WorkOS dashboard.',
    );
  if (code.startsWith('log_stream_'))
    return l10n.t('check the stream’s destination and credentials in the WorkOS dashboard.');
  switch (code) {
    case 'domain_pending':
      return l10n.t('send the TXT record below to whoever runs the domain’s DNS.');
    case 'connection_requires_type':
    case 'connection_draft':
      return l10n.t('finish the set-up, or send the customer’s IT contact an Admin Portal link.');
    case 'connection_validating':
      return l10n.t('ask somebody of the customer to sign in once.');
    case 'connection_inactive':
      return l10n.t('find out whether it was switched off on purpose; otherwise set it up again.');
    case 'directory_validating':
      return l10n.t('have the customer enter endpoint and token at their provider, and start the sync.');
    case 'directory_invalid_credentials':
      return l10n.t(
        'send the customer’s IT contact an Admin Portal link to enter new credentials; nothing is synced until then.',
      );
    case 'directory_unlinked':
      return l10n.t('find out whether it was disconnected on purpose; otherwise connect it again.');
    case 'sso_failures':
      return l10n.t('look at the failed logins below: the error says which side has to change something.');
    default:
      return undefined;
  }
}
