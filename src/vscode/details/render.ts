import type { Outcome } from '../../gateway/gateway.ts';
import type { Output } from '../../tools/registry.ts';
import type { ObjectKind } from '../../shared/object-ids.ts';
import type { L10n } from '../text/l10n.ts';
import { connectionSections } from './connection.ts';
import { directorySections } from './directory.ts';
import { findingsSection } from './findings.ts';
import { code, jsonFence, text, time } from '../text/markdown.ts';
import { environmentText, objectKind } from '../text/words.ts';
import { organizationSections } from './organization.ts';
import { maskedLine } from '../values/masked.ts';

/** Details as their tool answers them. */
export type Found =
  | { readonly kind: 'organization'; readonly outcome: Outcome<Output<'get_organization_details'>> }
  | { readonly kind: 'connection'; readonly outcome: Outcome<Output<'get_sso_connection_details'>> }
  | { readonly kind: 'directory'; readonly outcome: Outcome<Output<'get_directory_details'>> };

/** Details as a document shows them. */
export interface ShownDetails {
  readonly id: string;
  readonly found: Found;
  readonly read: Date;
  /** True when the person chose to see the values that agents do not get. */
  readonly whole: boolean;
}

/** The Markdown of details: findings, then what there is to know, then the JSON it comes from. */
export function renderDetails(l10n: L10n, { id, found, read, whole }: ShownDetails): string {
  if (!found.outcome.ok) return renderError(l10n, found.kind, id, found.outcome.error);
  const { value } = found.outcome;
  const { environment, issues, name, complete } = value;
  const head = [
    kindName(l10n, found.kind),
    environmentText(l10n, environment, text),
    l10n.t('read {0}', time(read.toISOString()) ?? ''),
  ];
  return joined([
    `# ${text(name ?? '') || code(id)}`,
    head.join(' · '),
    maskedLine(l10n, { whole, masked: value.redacted }),
    complete ? '' : l10n.t('Time ran out before all events were read: findings may be missing.'),
    findingsSection(l10n, issues),
    ...sections(l10n, found),
    `## JSON\n\n${jsonFence(value)}`,
  ]);
}

function sections(l10n: L10n, found: Found): string[] {
  if (!found.outcome.ok) return [];
  switch (found.kind) {
    case 'organization':
      return organizationSections(l10n, found.outcome.value);
    case 'connection':
      return connectionSections(l10n, found.outcome.value);
    case 'directory':
      return directorySections(l10n, found.outcome.value);
    default:
      return found;
  }
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

function renderError(l10n: L10n, kind: ObjectKind, id: string, { code: reason, message, hint }: Failure) {
  return joined([
    `# ${l10n.t('Not read')}`,
    `${kindName(l10n, kind)} ${code(id)}`,
    `**${text(message)}** (${reason})`,
    hint === undefined ? '' : text(hint),
    l10n.t('To try again, select Refresh in the title bar of this editor.'),
  ]);
}

/** A document in place of details that are not read. */
export function renderNotice(title: string, lines: readonly string[]): string {
  return joined([`# ${title}`, ...lines]);
}

/** What kind of object it is, as at the beginning of a line. */
function kindName(l10n: L10n, kind: ObjectKind): string {
  const name = objectKind(l10n, kind);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function joined(blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
