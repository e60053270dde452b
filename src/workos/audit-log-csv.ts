import { parse } from 'csv-parse/stream';
import { AppError } from '../shared/errors.ts';
import type { AuditLogRow } from './port.ts';

/** One record longer than this is not an audit-log row. */
const MAX_RECORD_BYTES = 1_000_000;

/** Without these a file is something else, a proxy's page for example. */
const COLUMNS = ['action', 'occurred_at'] as const;

/** Streams the rows of an export; backpressure keeps memory bounded whatever the size of the file. */
export async function* readAuditLogCsv(file: ReadableStream<Uint8Array>): AsyncGenerator<AuditLogRow> {
  const parser = parse({
    columns: checkHeader,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_BYTES,
  });
  const rows: ReadableStream<AuditLogRow> = file.pipeThrough(parser);
  const reader = rows.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (thrown) {
    throw new AppError(
      {
        code: 'BAD_RESPONSE',
        message: 'The audit-log export broke off or is not the CSV it should be.',
        hint: 'Call get_audit_log_events again.',
      },
      { cause: thrown },
    );
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function checkHeader(header: string[]): string[] {
  if (COLUMNS.every((column) => header.includes(column))) return header;
  throw new TypeError('The header lacks columns that every export has.');
}
