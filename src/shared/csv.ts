import { stringify } from 'csv-stringify/sync';

/** One row of a CSV file, by column. */
export type CsvRow = Readonly<Record<string, string | number | undefined>>;

/** What a cell may begin with before its formula: blanks and quotes. */
const BEFORE = String.raw`(?:(?![\t\r\n])[\s\p{Z}\p{Cf}'"])*`;
/** What a spreadsheet takes for the begin of a formula. Some locales read the full-width signs as the plain ones. */
const SIGN = String.raw`[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]`;
const FORMULA = new RegExp(`^(?:[\\t\\r\\n]|${BEFORE}${SIGN})`, 'u');
/** Where a spreadsheet that separates by other characters than commas begins a new cell or row within this one. */
const INNER_FORMULA = new RegExp(`[;\\t\\r\\n](?=${BEFORE}${SIGN})`, 'gu');

/** CSV as RFC 4180 has it, with a header; an apostrophe stands before whatever looks like a formula. */
export function toCsv(columns: readonly string[], rows: readonly CsvRow[]): string {
  const cells = rows.map((row) => columns.map((column) => neutral(row[column])));
  return stringify([columns.map(neutral), ...cells], {
    record_delimiter: 'windows',
    // With a delimiter of two characters it would leave a lone line end in a cell unquoted.
    quoted_match: /[\r\n]/u,
    escape_formulas: true,
  });
}

function neutral(value: string | number | undefined): string | number {
  if (value === undefined || typeof value === 'number') return value ?? '';
  const text = value.replaceAll('\0', '').replace(INNER_FORMULA, "$&'");
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Several values as one cell: no spreadsheet separates cells by what stands between them. */
export function joinCell(values: readonly string[]): string {
  return values.join(' | ');
}
