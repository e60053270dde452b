import type { FeedEntry } from '../../metrics/feed.ts';
import type { L10n } from '../text/l10n.ts';
import { cellText, textTable } from '../text/table.ts';
import { verbText } from './words.ts';

const MOST_CALLS = 30;
const CLIENT_WIDTH = 30;
const PREVIEW_WIDTH = 600;

/** The latest calls, newest first: what each did, how large it was, and the beginning of what was answered after redaction. */
export function feedTable(l10n: L10n, feed: readonly FeedEntry[]): string {
  const rows = feed.slice(-MOST_CALLS).toReversed();
  if (rows.length === 0) return l10n.t('None.');
  const column = (title: string, cell: (entry: FeedEntry) => string, right = false) => ({
    title,
    cells: rows.map(cell),
    right,
  });
  return textTable([
    column(l10n.t('Time (UTC)'), ({ at }) => new Date(at).toISOString().slice(11, 23)),
    column(l10n.t('Verb'), ({ verb }) => verbText(l10n, verb)),
    column(l10n.t('Tool'), ({ tool }) => tool),
    column(l10n.t('Client'), ({ client }) => cellText(client, CLIENT_WIDTH)),
    column(l10n.t('Status'), ({ status }) => status),
    column(l10n.t('ms'), ({ ms }) => ms.toFixed(0), true),
    column(l10n.t('Bytes in'), ({ inputBytes }) => inputBytes.toLocaleString('en-US'), true),
    column(l10n.t('Bytes out'), ({ bytes }) => bytes.toLocaleString('en-US'), true),
    column(l10n.t('Values masked'), ({ covered = {} }) => coveredText(covered)),
    column(l10n.t('Answer, as the caller got it'), ({ preview = '' }) => cellText(preview, PREVIEW_WIDTH)),
  ]);
}

function coveredText(covered: Readonly<Record<string, number>>): string {
  return Object.entries(covered)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ');
}
