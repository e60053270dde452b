import { cutText, shortLine } from '../../shared/text.ts';
import type { L10n } from '../text/l10n.ts';
import { unlinked } from '../text/markdown.ts';
import type { EventRow } from './read-events.ts';

interface Column {
  readonly title: string;
  /** Longer cells are cut; the export has them whole. */
  readonly most: number;
  readonly cell: (row: EventRow) => string;
}

/** Events as aligned lines of text, one each, under a line of titles; empty columns are left out. */
export function eventTable(l10n: L10n, rows: readonly EventRow[]): string {
  const filled = columns(l10n)
    .map(({ title, most, cell }) => {
      const cells = rows.map((row) => cellText(cell(row), most));
      const width = cells.reduce((widest, text) => Math.max(widest, widthOf(text)), widthOf(title));
      return { title, cells, width };
    })
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => text + ' '.repeat(Math.max(0, (filled[at]?.width ?? 0) - widthOf(text))))
      .join('  ')
      .trimEnd();
  const titles = line(filled.map(({ title }) => title));
  const rule = line(filled.map(({ width }) => '-'.repeat(width)));
  return [titles, rule, ...rows.map((_, at) => line(filled.map(({ cells }) => cells[at] ?? '')))].join('\n');
}

function columns(l10n: L10n): Column[] {
  const sources = { events: l10n.t('WorkOS'), audit_log: l10n.t('audit log') };
  return [
    { title: l10n.t('Time (UTC)'), most: 19, cell: ({ time }) => shortTime(time) },
    { title: l10n.t('Event'), most: 38, cell: ({ type }) => type ?? '' },
    { title: l10n.t('Actor'), most: 30, cell: ({ actor }) => party(actor) },
    { title: l10n.t('Target'), most: 34, cell: ({ targets }) => parties(targets) },
    {
      title: l10n.t('Result'),
      most: 24,
      cell: ({ state, error }) => [state, error].filter(Boolean).join(': '),
    },
    { title: l10n.t('From'), most: 20, cell: ({ ip }) => ip ?? '' },
    { title: l10n.t('Client'), most: 24, cell: ({ client }) => client ?? '' },
    { title: l10n.t('Source'), most: 12, cell: ({ source }) => sources[source] },
  ];
}

function shortTime(time: string | undefined): string {
  const parsed = Date.parse(time ?? '');
  return Number.isNaN(parsed) ? (time ?? '') : new Date(parsed).toISOString().slice(0, 19).replace('T', ' ');
}

function party(who: EventRow['actor']): string {
  return who?.name ?? who?.id ?? '';
}

function parties(targets: EventRow['targets'] = []): string {
  return targets
    .map(party)
    .filter((name) => name !== '')
    .join(', ');
}

function cellText(value: string, most: number): string {
  return cutText(unlinked(shortLine(value, 4 * most)), most);
}

const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;

/** How many columns of a fixed-width font a text takes. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}
