import { stringify } from 'csv-stringify/sync';

/** One row of a CSV file, by column. */
export type CsvRow = Readonly<Record<string, string | number | undefined>>;

/**
 * A cell that a spreadsheet would take for a formula, also after blanks or quotes. The full-width signs count: some
 * locales read them as the plain ones. csv-stringify's own check looks at the first character only.
 */
const FORMULA = /^[\s\p{Z}\p{Cf}'"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r]/u;

/** CSV as RFC 4180 has it, with a header; every cell that looks like a formula starts with an apostrophe. */
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
  const text = value.replaceAll('\0', '');
  return FORMULA.test(text) || /^[\t\r\n]/u.test(text) ? `'${text}` : text;
}

/** A file name made from names of the account: nothing in it means anything to a file system. */
export function safeFileName(parts: readonly string[], extension: string): string {
  const safe = parts
    .map((part) =>
      part
        .normalize('NFKC')
        .replace(/[^\p{L}\p{N}._-]+/gu, '-')
        .replace(/^[-.]+|[-.]+$/gu, '')
        .slice(0, 60),
    )
    .filter((part) => part !== '');
  return `${safe.join('-')}.${extension}`;
}
