import type { Entry } from './entries.ts';
import { fieldsOf } from './fields.ts';

const LOW = 3;
const HIGH = 7;

/** An entry as a line of the Common Event Format. */
export function toCef(entry: Entry): string {
  const { record } = entry;
  const fields = fieldsOf(entry);
  const severity = fields.decision === 'deny' ? HIGH : LOW;
  const version = fields.server ?? '0';
  const head = ['workos-mcp', 'workos-mcp', version, fields.kind, fields.operation].map(headText);
  const extension = {
    rt: Date.parse(fields.time),
    externalId: record.event_id,
    suser: fields.user,
    requestClientApplication: fields.client,
    act: fields.decision,
    outcome: fields.status,
    out: fields.bytes,
    ...labelled('cn1', 'durationMs', fields.ms),
    ...labelled('cn2', 'seq', record.seq),
    ...labelled('cn3', 'redactions', fields.redactions),
    ...labelled('cs1', 'chain', record.chain_id),
    ...labelled('cs2', 'hash', record.hash),
    ...labelled('cs3', 'environment', fields.environment),
    ...labelled('cs4', 'argumentsHmac', fields.argsHmac),
    ...labelled('cs5', 'resultHash', fields.resultHash),
    ...labelled('cs6', 'policy', fields.policy),
    ...labelled('flexString1', 'token', fields.token),
    ...labelled('flexString2', 'tokenId', fields.tokenId),
  };
  const pairs = Object.entries(extension).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${valueText(String(value))}`],
  );
  return `CEF:0|${head.join('|')}|${severity}|${pairs.join(' ')}`;
}

/** A custom field, whose label is its name. */
function labelled(field: string, label: string, value: string | number | undefined) {
  return value === undefined ? {} : { [`${field}Label`]: label, [field]: value };
}

/** A header field: bars and backslashes are escaped, a line end ends the event. */
function headText(text: string): string {
  return text.replace(/[\\|]/gu, String.raw`\$&`).replace(/[\r\n]+/gu, ' ');
}

function valueText(text: string): string {
  return text.replace(/[\\=]/gu, String.raw`\$&`).replace(/\r?\n|\r/gu, String.raw`\n`);
}
