import { createGateway, type GatewayOptions, type Runner } from '../../../src/gateway/gateway.ts';
import type { CallRecord } from '../../../src/gateway/record.ts';
import { keepingLogger } from './support.ts';

/** What is covered in the tests of redaction. */
export const SSN = '123-45-6789';
export const HIDDEN = '[redacted:ssn]';
/** What every result has. */
export const head = { environment: { name: 'Test', kind: 'sandbox' }, complete: true };
const rows = (count: number, metadata: object) =>
  Array.from({ length: count }, (_, index) => ({
    id: `directory_user_${index}`,
    name: SSN,
    custom_attributes: metadata,
  }));
/** A page of users with this in their names and attributes. */
export const page = (count: number, metadata: object = {}) => ({
  value: { ...head, items: rows(count, metadata), next_cursor: `cursor ${SSN}` },
  positions: rows(count, {}).map(({ id }) => id),
  binding: 'binding',
});
export const LIST = 'list_directory_users';

/** A gateway over what a tool does, with what it records and logs. */
export function gatewayOver(run: Runner, privacy?: GatewayOptions['privacy']) {
  const records: CallRecord[] = [];
  const logger = keepingLogger();
  const { invoke } = createGateway({
    run,
    policy: () => ({}),
    limits: { idleMs: 5_000, totalMs: 5_000 },
    observers: [(entry) => records.push(entry)],
    logger,
    ...(privacy && { privacy }),
  });
  return { invoke, records, logger };
}
