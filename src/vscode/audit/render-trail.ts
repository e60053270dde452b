import { isRecord } from '../../shared/json.ts';
import type { Entry } from '../../audit/export/entries.ts';
import { type Fields, fieldsOf } from '../../audit/export/fields.ts';
import type { L10n } from '../text/l10n.ts';
import { time } from '../text/markdown.ts';
import { cellText, textTable } from '../text/table.ts';

export interface ShownTrail {
  /** The newest first. */
  readonly entries: readonly Entry[];
  readonly read: Date;
  /** Where the files are. */
  readonly audit: string;
}

/** The text of the audit trail's document: the latest records of all processes, a line each. Nothing of it is verified. */
export function renderTrail(l10n: L10n, { entries, read, audit }: ShownTrail): string {
  const head = [
    l10n.t('Audit trail: the latest {0} records of all programs on this machine', entries.length),
    `${l10n.t('Read')}: ${time(read.toISOString()) ?? ''}`,
    l10n.t('Files: {0}', audit),
    l10n.t('Shown as they are. “WorkOS: Verify Audit Trail” tells whether they are intact.'),
  ];
  const body = entries.length === 0 ? l10n.t('There are no records yet.') : table(l10n, entries);
  return `${head.join('\n')}\n\n${body}\n`;
}

function table(l10n: L10n, entries: readonly Entry[]): string {
  const rows = entries.map((entry) => ({ entry, fields: fieldsOf(entry) }));
  const column = (title: string, most: number, cell: (fields: Fields, entry: Entry) => string) => ({
    title,
    cells: rows.map(({ entry, fields }) => cellText(cell(fields, entry), most)),
  });
  return textTable([
    column(l10n.t('Time (UTC)'), 19, ({ time: at }) => at.slice(0, 19).replace('T', ' ')),
    column(
      l10n.t('Who'),
      30,
      ({ client }, { origin, record }) => actorOf(record.body) ?? client ?? command(origin),
    ),
    column(l10n.t('What'), 34, ({ operation, kind }) => (kind === 'intent' ? `${operation} …` : operation)),
    column(l10n.t('Environment'), 12, ({ environment }) => environment ?? ''),
    column(l10n.t('Decision'), 8, ({ decision }) => decisionWord(l10n, decision)),
    column(l10n.t('Result'), 20, ({ status }) => status ?? ''),
    { ...column(l10n.t('Duration (ms)'), 8, ({ ms }) => ms?.toString() ?? ''), right: true },
    {
      ...column(l10n.t('Covered'), 7, ({ redactions }) => (redactions ? String(redactions) : '')),
      right: true,
    },
    { ...column(l10n.t('Record'), 9, (_, { record }) => String(record.seq)), right: true },
    column(l10n.t('Chain'), 8, (_, { record }) => record.chain_id.slice(0, 8)),
  ]);
}

function decisionWord(l10n: L10n, decision: string | undefined): string {
  if (decision === 'allow') return l10n.t('allowed');
  return decision === 'deny' ? l10n.t('denied') : '';
}

/** Who did what an event tells of. */
function actorOf(body: Entry['record']['body']): string | undefined {
  const by = inside(inside(body, 'details'), 'by');
  const [kind, surface] = [by?.['kind'], by?.['surface']];
  return typeof kind === 'string' && typeof surface === 'string' ? `${kind} (${surface})` : undefined;
}

function command(origin: Entry['origin']): string {
  const name = origin?.body['command'];
  return typeof name === 'string' ? name : '';
}

function inside(body: unknown, name: string): Record<string, unknown> | undefined {
  const value = isRecord(body) ? body[name] : undefined;
  return isRecord(value) ? value : undefined;
}
