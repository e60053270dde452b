import { shortLine } from '../../shared/text.ts';
import type { L10n } from '../text/l10n.ts';
import { time, unlinked } from '../text/markdown.ts';
import { environmentText } from '../text/words.ts';
import { maskedLine } from '../values/masked.ts';
import { filterEvents } from './filter.ts';
import { type EventQuestion, isNamedRange, type NamedRange, type Source } from './question.ts';
import { type EventReport, MOST_EVENTS } from './read-events.ts';
import { eventTable } from './table.ts';

/** What a document of events shows. */
export interface ShownEvents {
  readonly question: EventQuestion;
  /** Name of the organization. */
  readonly name: string;
  readonly report: EventReport;
  readonly filter: string;
  /** True when the person chose to see the values that agents do not get. */
  readonly whole: boolean;
}

/** The text of a document of events: what was asked, how complete the answer is, and a line per event. */
export function renderEvents(l10n: L10n, shown: ShownEvents): string {
  const { question, name, report, filter, whole } = shown;
  const rows = filterEvents(report.rows, filter);
  const title = l10n.t('Security events of {0} ({1})', plain(name), question.organization);
  const head = [
    ...environment(l10n, report),
    [
      l10n.t('Range'),
      `${rangeText(l10n, question.range)}: ${time(report.from) ?? ''} - ${time(report.to) ?? ''}`,
    ],
    [l10n.t('Source'), sourceText(l10n, question.source)],
    [l10n.t('Read'), `${readText(l10n, report)} ${endingText(l10n, report)}`],
    ...auditLog(l10n, report),
    [l10n.t('Filter'), filterText(l10n, filter, rows.length, report.rows.length)],
  ] as const;
  const width = Math.max(...head.map(([label = '']) => label.length)) + 2;
  const lines = head.map(([label = '', value = '']) => label.padEnd(width) + value);
  const table = rows.length > 0 ? eventTable(l10n, rows) : noRows(l10n, report);
  const masked = maskedLine(l10n, { whole, masked: report.masked });
  const blocks = [title, masked, lines.join('\n'), table].filter((block) => block !== '');
  return `${blocks.join('\n\n')}\n`;
}

function environment(l10n: L10n, { environment: found }: EventReport): string[][] {
  return found === undefined ? [] : [[l10n.t('Environment'), environmentText(l10n, found, plain)]];
}

/** A range in words. */
export function rangeText(l10n: L10n, range: string): string {
  if (!isNamedRange(range)) return range.replace('_', ' - ');
  const names: Record<NamedRange, string> = {
    '1h': l10n.t('Last hour'),
    '24h': l10n.t('Last 24 hours'),
    '7d': l10n.t('Last 7 days'),
    '30d': l10n.t('Last 30 days'),
    '90d': l10n.t('Last 90 days'),
  };
  return names[range];
}

/** A source in words. */
export function sourceText(l10n: L10n, source: Source): string {
  const names = {
    both: l10n.t('WorkOS events and audit log'),
    events: l10n.t('WorkOS events'),
    audit_log: l10n.t('Audit log'),
  };
  return names[source];
}

function readText(l10n: L10n, { rows, read }: EventReport): string {
  const at = time(read.toISOString()) ?? '';
  if (rows.length === 0) return l10n.t('No events, at {0}.', at);
  if (rows.length === 1) return l10n.t('1 event, at {0}.', at);
  return l10n.t('{0} events, newest first, at {1}.', rows.length, at);
}

/** How complete it is, in words. */
function endingText(l10n: L10n, { ending, error, audit_log }: EventReport): string {
  switch (ending) {
    case 'end':
      return audit_log?.status === 'unavailable' || audit_log?.status === 'pending'
        ? l10n.t('Partial: the audit log is missing.')
        : l10n.t('Complete.');
    case 'full':
      return l10n.t('Partial: only the newest {0} are read. Choose a shorter range.', MOST_EVENTS);
    case 'cancelled':
      return l10n.t('Partial: reading was cancelled.');
    case 'stopped':
      return l10n.t('Partial: WorkOS is still preparing the audit log. Refresh in a minute.');
    case 'failed':
      return l10n.t(
        'Partial: {0} Refresh to try again.',
        plain([error?.message, error?.hint].filter(Boolean).join(' ')),
      );
    default:
      return ending;
  }
}

function auditLog(l10n: L10n, { audit_log: found }: EventReport): string[][] {
  if (found === undefined) return [];
  const statuses = {
    ready: l10n.t('read'),
    pending: l10n.t('still being prepared by WorkOS'),
    empty: l10n.t('no rows'),
    unavailable: l10n.t('could not be read'),
  };
  const note = found.note === undefined ? '' : `: ${plain(found.note)}`;
  return [[l10n.t('Audit log'), statuses[found.status] + note]];
}

function filterText(l10n: L10n, filter: string, shown: number, all: number): string {
  if (filter.trim() === '') return l10n.t('none; select Filter Events in the title bar');
  return l10n.t('“{0}”: {1} of {2}', plain(filter), shown, all);
}

function noRows(l10n: L10n, { rows }: EventReport): string {
  return rows.length > 0 ? l10n.t('No event matches the filter.') : l10n.t('No events.');
}

function plain(value: string): string {
  return unlinked(shortLine(value, 500));
}
