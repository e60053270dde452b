import type { Output } from '../../tools/registry.ts';
import type { L10n } from '../text/l10n.ts';
import { reference } from './connection.ts';
import { code, facts, section, text, time } from '../text/markdown.ts';
import { stateWord } from '../text/words.ts';

type Details = Output<'get_directory_details'>;
type Event = NonNullable<Details['events']>[number];

/** Events shown as lines; the JSON below holds all that were read. */
const SHOWN_EVENTS = 20;

/** The readable part of a directory's details. */
export function directorySections(l10n: L10n, details: Details): string[] {
  const { events = [], activity_note: note } = details;
  const lines = events.slice(0, SHOWN_EVENTS).map(eventLine);
  const more = events.length - lines.length;
  if (more > 0) lines.push(`- ${l10n.t('{0} more in the JSON below', more)}`);
  return [
    section(l10n.t('Overview'), overview(l10n, details)),
    section(l10n.t('Users and groups'), counts(l10n, details)),
    section(
      l10n.t('Latest sync events'),
      lines.length > 0 ? lines.join('\n') : `- ${text(note ?? l10n.t('None.'))}`,
    ),
  ];
}

function overview(l10n: L10n, details: Details): string {
  const { id, organization, state, state_meaning, provider, type, domain } = details;
  return facts([
    [
      l10n.t('State'),
      [text(stateWord(l10n, state), 80), text(state_meaning ?? '')].filter(Boolean).join(' – '),
    ],
    [l10n.t('Organization'), organization && reference(organization)],
    [l10n.t('Provider'), text(provider ?? '', 80)],
    [l10n.t('Type'), type && code(type)],
    [l10n.t('Domain'), domain && code(domain)],
    [l10n.t('Last sync event seen'), time(details.last_activity_seen)],
    [l10n.t('ID'), id && code(id)],
    [l10n.t('Created'), time(details.created_at)],
    [l10n.t('Updated'), time(details.updated_at)],
  ]);
}

function counts(l10n: L10n, { users, active_users, inactive_users, groups }: Details): string {
  const states = l10n.t('{0} active, {1} inactive', active_users ?? '?', inactive_users ?? '?');
  const split = active_users === undefined && inactive_users === undefined ? '' : ` (${states})`;
  return facts([
    [l10n.t('Users'), users === undefined ? undefined : `${users}${split}`],
    [l10n.t('Groups'), groups === undefined ? undefined : String(groups)],
  ]);
}

function eventLine({ time: at, type, targets = [], actor }: Event): string {
  const about = targets.flatMap(({ name = '', id = '' }) => named(name || id) || []);
  const parts = [code(type ?? ''), about.join(', '), named(actor?.name ?? actor?.id ?? '')];
  return `- ${time(at) ?? ''} – ${parts.filter((part) => part !== '').join(' – ')}`;
}

/** A name as text; an address as code, where it needs no escapes. */
function named(name: string): string {
  return name.includes('@') ? code(name) : text(name, 80);
}
