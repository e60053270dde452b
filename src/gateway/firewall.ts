import { z } from 'zod';
import { isRecord } from '../shared/json.ts';
import type { Draft } from '../tools/tool.ts';
import type { Step } from './steps.ts';

/**
 * Lets in only what the tool's output schema declares: other fields are dropped, and of a list the entries that do not
 * fit, which `dropped` counts. A result that does not fit otherwise fails the call.
 */
export const firewall: Step = (next) => async (call) => {
  const outcome = await next(call);
  if (!outcome.ok) return outcome;
  return { ...outcome, draft: declared(call.tool.output, outcome.draft) };
};

function declared(output: z.ZodType, draft: Draft<unknown>): Draft<unknown> {
  const { dropped: unread = 0, value: given, positions, ...rest } = draft;
  const schema = sectionSchema(output, given);
  let parsed = schema.safeParse(given);
  let cut: readonly Path[] = [];
  if (!parsed.success) {
    cut = entriesAt(given, parsed.error);
    if (cut.length > 0) parsed = schema.safeParse(without(given, cut));
  }
  if (!parsed.success) throw misfit(parsed.error);
  const dropped = unread + cut.length;
  const rows = new Set(
    cut.filter(([first, , ...more]) => first === 'items' && more.length === 0).map(([, row]) => row),
  );
  return {
    ...rest,
    value: dropped > 0 && isRecord(parsed.data) ? { ...parsed.data, dropped } : parsed.data,
    ...(positions && { positions: positions.filter((_, row) => !rows.has(row)) }),
  };
}

function misfit(cause: z.ZodError): Error {
  return new Error(`the result does not fit the tool's output schema: ${cause.message}`, { cause });
}

/** Where something stands in a value: keys and places, from the outside in. */
type Path = readonly PropertyKey[];

/** The innermost list entries that hold what does not fit; none when something outside of any list does not. */
function entriesAt(value: unknown, { issues }: z.ZodError): Path[] {
  const found = new Map<string, Path>();
  for (const { path } of issues) {
    let at = value;
    let length = 0;
    for (const [depth, key] of path.entries()) {
      if (Array.isArray(at)) length = depth + 1;
      at = isRecord(at) || Array.isArray(at) ? Reflect.get(at, key) : undefined;
    }
    if (length === 0) return [];
    const entry = path.slice(0, length);
    found.set(JSON.stringify(entry), entry);
  }
  return [...found.values()];
}

/** The value without the list entries at these paths. */
function without(value: unknown, paths: readonly Path[]): unknown {
  const inside = new Map<PropertyKey, Path[]>();
  for (const [key, ...rest] of paths) {
    if (key !== undefined) inside.set(key, [...(inside.get(key) ?? []), rest]);
  }
  if (Array.isArray(value)) {
    return value.flatMap((entry, place) => {
      const cut = inside.get(place);
      if (cut === undefined) return [entry];
      return cut.some((rest) => rest.length === 0) ? [] : [without(entry, cut)];
    });
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const cut = inside.get(key);
      return [key, cut === undefined ? inner : without(inner, cut)];
    }),
  );
}

const schemas = new WeakMap<z.ZodType, Map<string, z.ZodType>>();

/** A detail's schema for the page of one section, whose rows are those of the nested list of that name. */
function sectionSchema(output: z.ZodType, value: unknown): z.ZodType {
  const section = isRecord(value) ? value['section'] : undefined;
  if (typeof section !== 'string' || !(output instanceof z.ZodObject)) return output;
  const known = schemas.get(output) ?? new Map<string, z.ZodType>();
  schemas.set(output, known);
  const schema = known.get(section) ?? output.extend({ items: rowsOf(output.shape[section]) });
  known.set(section, schema);
  return schema;
}

function rowsOf(field: unknown): z.ZodType {
  if (field instanceof z.ZodOptional) return rowsOf(field.unwrap());
  if (field instanceof z.ZodArray) return field.optional();
  if (field instanceof z.ZodRecord)
    return z.array(z.object({ key: z.string(), value: field.valueType })).optional();
  throw new TypeError('The section is no list of the output schema.');
}
