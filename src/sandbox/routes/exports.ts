import { DAY } from '../account/time.ts';
import type { AuditRow } from '../account/types.ts';
import { auditCsv } from '../audit-csv.ts';
import type { Route } from '../context.ts';
import { type FieldError, invalid, json, notFound, refusal } from '../reply.ts';

// The longest three months.
const OLDEST = 92 * DAY;

interface Asked {
  organization: string;
  start: number;
  end: number;
  actions: Set<string>;
  actorNames: Set<string>;
  actorIds: Set<string>;
  targets: Set<string>;
}

function readAsked(body: unknown): Asked {
  const given = new Map<string, unknown>(Object.entries(body ?? {}));
  const errors: FieldError[] = [];
  const text = (field: string): string => {
    const value = given.get(field);
    if (typeof value === 'string' && value !== '') return value;
    errors.push({ code: 'required', field });
    return '';
  };
  const texts = (field: string): Set<string> => {
    const value = given.get(field) ?? [];
    const names = Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
    if (!Array.isArray(value) || names.length < value.length) errors.push({ code: 'invalid_type', field });
    return new Set(names);
  };
  const asked = {
    organization: text('organization_id'),
    start: Date.parse(text('range_start')),
    end: Date.parse(text('range_end')),
    actions: texts('actions'),
    actorNames: texts('actor_names'),
    actorIds: texts('actor_ids'),
    targets: texts('targets'),
  };
  if (errors.length > 0) throw invalid('Validation failed', errors);
  return asked;
}

function chosen(asked: Asked): (row: AuditRow) => boolean {
  const among = (set: Set<string>, value: string): boolean => set.size === 0 || set.has(value);
  return (row) => {
    const time = Date.parse(row.occurred_at);
    return (
      time >= asked.start &&
      time <= asked.end &&
      among(asked.actions, row.action) &&
      among(asked.actorNames, row.actor.name) &&
      among(asked.actorIds, row.actor.id) &&
      (asked.targets.size === 0 || row.targets.some(({ type }) => asked.targets.has(type)))
    );
  };
}

/** `POST /audit_logs/exports`: starts an export; an empty one is refused, as WorkOS does. */
export const createExport: Route = ({ account, clock, exports }, { body }) => {
  const asked = readAsked(body);
  const wrong = 'invalid_audit_log_export_range_date';
  if (!account.organizations.some(({ id }) => id === asked.organization)) {
    throw notFound('Organization', asked.organization);
  }
  if (!(asked.start < asked.end)) throw refusal(400, 'Invalid date range', wrong);
  if (asked.start < clock() - OLDEST) {
    throw refusal(400, 'The date range must be within the last three months', wrong);
  }
  const rows = account.auditRowsOf(asked.organization).filter(chosen(asked));
  if (rows.length === 0) throw refusal(400, 'No audit log events found for the given filters.');
  return json(201, exports.create(rows));
};

/** `GET /audit_logs/exports/{id}`: the state of an export, with a fresh address once it is ready. */
export const readExport: Route = ({ exports, origin }, { id }) => {
  const found = exports.read(id, origin());
  if (found === undefined) throw notFound('Audit Log Export', id);
  return json(200, found);
};

/** The CSV behind a signed address; a request that brings the key along is refused. */
export const download: Route = ({ exports }, { path, query, authorized }) => {
  if (authorized) throw refusal(403, 'A download address must not be sent an Authorization header.');
  const rows = exports.open(path, query);
  if (rows === undefined) throw refusal(403, 'Access denied');
  return { status: 200, headers: { 'content-type': 'text/csv; charset=utf-8' }, body: auditCsv(rows) };
};
