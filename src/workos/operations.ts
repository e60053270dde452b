import type { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import { readAuditLogCsv } from './audit-log-csv.ts';
import type { Query, Requests } from './client.ts';
import { isEmptyExport } from './errors.ts';
import type { ExportMemory } from './export-memory.ts';
import type { Page, PageQuery, WorkosPort } from './port.ts';
import { createDropped, readPage, readRecord, readWhole, type SentPage } from './records.ts';
import * as schemas from './schemas.ts';

/** The port over the API's endpoints: paths and queries, nothing else. */
export function createPort(requests: Requests, exports: ExportMemory): WorkosPort {
  const dropped = createDropped();
  const one = <T>(path: string, id: string, schema: z.ZodType<T>) =>
    requests.get(`${path}/${encodeURIComponent(id)}`, {}, readRecord(schema, dropped));
  const list = <T>(path: string, query: Query & PageQuery, item: z.ZodType<T>, rateKey?: string) =>
    requests.get(path, query, readPage(item, dropped), { rateKey }).then((page) => whole(page, query.limit));
  const newestFirst = { order: 'desc' };
  return {
    organizations: {
      list: (query) => list('/organizations', { ...query, ...newestFirst }, schemas.organization),
      get: (id) => one('/organizations', id, schemas.organization),
      // "." and ".." can be an external_id, but not a part of a path.
      byExternalId: async (id) =>
        /^\.{1,2}$/u.test(id)
          ? undefined
          : one('/organizations/external_id', id, schemas.organization).catch(undefinedWhenNotFound),
      create: (body) => requests.post('/organizations', body, readRecord(schemas.organization, dropped)),
      auditLogConfiguration: (id) =>
        requests
          .get(
            `/organizations/${encodeURIComponent(id)}/audit_log_configuration`,
            {},
            readWhole(schemas.auditLogConfiguration),
          )
          .catch(undefinedWhenNotFound),
    },
    connections: {
      list: (query) => list('/connections', { ...query, ...newestFirst }, schemas.connection),
      get: (id) => one('/connections', id, schemas.connection),
    },
    directories: {
      list: (query) => list('/directories', { ...query, ...newestFirst }, schemas.directory),
      get: (id) => one('/directories', id, schemas.directory),
    },
    directoryUsers: {
      list: ({ rate_limited_by, ...query }) =>
        list('/directory_users', { ...query, ...newestFirst }, schemas.directoryUser, rate_limited_by),
    },
    directoryGroups: {
      list: (query) => list('/directory_groups', { ...query, ...newestFirst }, schemas.directoryGroup),
      get: (id) => one('/directory_groups', id, schemas.directoryGroup),
    },
    events: {
      list: (query) => list('/events', { ...query }, schemas.workosEvent),
    },
    auditLogExports: exportOperations(requests, exports),
    dropped: () => dropped.count(),
  };
}

function exportOperations(requests: Requests, exports: ExportMemory): WorkosPort['auditLogExports'] {
  return {
    open: (key, body) =>
      exports.open(key, async () => {
        const { range_start, range_end } = body;
        const created = await requests
          .post('/audit_logs/exports', body, readWhole(schemas.auditLogExport), { repeatable: true })
          .catch(undefinedWhenEmpty);
        return created && { id: created.id, key, range_start, range_end };
      }),
    find: (id) => exports.find(id),
    get: async (id) => {
      const found = await requests.get(
        `/audit_logs/exports/${encodeURIComponent(id)}`,
        {},
        readWhole(schemas.auditLogExport),
      );
      if (found.state !== 'pending' && found.state !== 'ready') exports.forget(id);
      return found;
    },
    rows: async function* (ready) {
      if (ready.url === undefined)
        throw new AppError({ code: 'INTERNAL', message: 'The export is not ready.' });
      yield* readAuditLogCsv(await requests.download(ready.url));
    },
  };
}

/** A short page is the last one, whatever its metadata says. */
function whole<T>({ items, sent, after }: SentPage<T>, limit: number): Page<T> {
  return sent >= limit && after !== undefined ? { items, after } : { items };
}

function undefinedWhenNotFound(thrown: unknown): undefined {
  if (thrown instanceof AppError && thrown.code === 'NOT_FOUND') return;
  throw thrown;
}

function undefinedWhenEmpty(thrown: unknown): undefined {
  if (isEmptyExport(thrown)) return;
  throw thrown;
}
