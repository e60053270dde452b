import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import { bindCursor, decodeCursor } from './cursor.ts';
import { issueOutput } from './fields.ts';
import { listDraft, omittedOutput, resultOutput } from './list.ts';
import type { ToolContext } from './tool.ts';

/** Fields every detail takes to read one of its nested lists whole. */
export function sectionInput<const S extends readonly [string, ...string[]]>(sections: S) {
  return {
    section: z.enum(sections).optional().describe('Read one nested list whole, page by page.'),
    cursor: z.string().max(2_000).optional().describe('next_cursor of the previous page of the section.'),
  };
}

/** The output of a detail: its fields, or a page of one section. */
export function detailOf<F extends z.ZodRawShape>(fields: F) {
  return z.object({
    ...resultOutput,
    issues: z.array(issueOutput).optional(),
    ...fields,
    /** Entries of each nested list, shown or not. */
    totals: z.record(z.string(), z.number()).optional(),
    omitted: omittedOutput,
    section: z.string().optional(),
    total: z.number().optional(),
    items: z.array(z.looseObject({})).optional(),
    next_cursor: z.string().optional(),
  });
}

const rowsBefore = z.int().min(0);

type Row = Readonly<Record<string, unknown>>;
type Rows = readonly Row[] | Row;

/** How many entries each nested list has. */
export function totalsOf(sections: Readonly<Record<string, Rows>>): Record<string, number> {
  return Object.fromEntries(Object.entries(sections).map(([name, rows]) => [name, Object.keys(rows).length]));
}

/** Rows of a section; a map's entries become `{key, value}`. */
function rowsOf(rows: Rows): Row[] {
  if (isRows(rows)) return [...rows];
  return Object.entries(rows).map(([key, value]) => ({ key, value }));
}

function isRows(rows: Rows): rows is readonly Row[] {
  return Array.isArray(rows);
}

export interface SectionRequest<S extends string> {
  readonly tool: string;
  /** Id of what the detail is about. */
  readonly subject: string;
  readonly sections: Readonly<Record<S, Rows>>;
  readonly section: S | undefined;
  readonly cursor: string | undefined;
}

/** The page of a section that was asked for; `undefined` when the detail itself was. */
export function sectionDraft<S extends string>(context: ToolContext, request: SectionRequest<S>) {
  const { tool, subject, sections, section, cursor } = request;
  if (section === undefined) {
    if (cursor === undefined) return undefined;
    throw new AppError({
      code: 'INVALID_INPUT',
      message: 'cursor: needs the section it came with.',
      hint: 'Pass section and cursor together.',
    });
  }
  const binding = bindCursor(context.environment.id, tool, { subject, section });
  const start = decodeCursor(cursor, binding, rowsBefore) ?? 0;
  const rows = rowsOf(sections[section]);
  const items = rows.slice(start);
  return listDraft(context, {
    binding,
    items,
    positions: items.map((_, index) => start + index + 1),
    head: { section, total: rows.length },
  });
}
