import type { L10n } from '../text/l10n.ts';
import { cellText, textTable } from '../text/table.ts';
import type { EventRow } from './read-events.ts';

interface Column {
  readonly title: string;
  /** Longer cells are cut; the export has them whole. */
  readonly most: number;
  readonly cell: (row: EventRow) => string;
}

/** Events as aligned lines of text, one each, under a line of titles; empty columns are left out. */
export function eventTable(l10n: L10n, rows: readonly EventRow[]): string {
  return textTable(
    columns(l10n).map(({ title, most, cell }) => ({
      title,
      cells: rows.map((row) => cellText(cell(row), most)),
    })),
  );
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
