import type { Route } from './context.ts';
import { json, Refusal, refusal } from './reply.ts';
import { listConnections, readConnection } from './routes/connections.ts';
import { createOrganization } from './routes/create-organization.ts';
import { listDirectories, readDirectory } from './routes/directories.ts';
import { listDirectoryGroups, listDirectoryUsers, readDirectoryGroup } from './routes/directory-people.ts';
import { listEvents } from './routes/events.ts';
import { createExport, download, readExport } from './routes/exports.ts';
import {
  listOrganizations,
  readAuditLogConfiguration,
  readOrganization,
  readOrganizationByExternalId,
} from './routes/organizations.ts';

interface Place {
  path: RegExp;
  methods: Partial<Record<string, Route>>;
}

// A function, so that importing the sandbox does no work.
function places(): Place[] {
  return [
    { path: /^\/organizations$/, methods: { GET: listOrganizations, POST: createOrganization } },
    { path: /^\/organizations\/([^/]+)$/, methods: { GET: readOrganization } },
    {
      path: /^\/organizations\/external_id\/([^/]+)$/,
      methods: { GET: readOrganizationByExternalId },
    },
    {
      path: /^\/organizations\/([^/]+)\/audit_log_configuration$/,
      methods: { GET: readAuditLogConfiguration },
    },
    { path: /^\/connections$/, methods: { GET: listConnections } },
    { path: /^\/connections\/([^/]+)$/, methods: { GET: readConnection } },
    { path: /^\/directories$/, methods: { GET: listDirectories } },
    { path: /^\/directories\/([^/]+)$/, methods: { GET: readDirectory } },
    { path: /^\/directory_users$/, methods: { GET: listDirectoryUsers } },
    { path: /^\/directory_groups$/, methods: { GET: listDirectoryGroups } },
    { path: /^\/directory_groups\/([^/]+)$/, methods: { GET: readDirectoryGroup } },
    { path: /^\/events$/, methods: { GET: listEvents } },
    { path: /^\/audit_logs\/exports$/, methods: { POST: createExport } },
    { path: /^\/audit_logs\/exports\/([^/]+)$/, methods: { GET: readExport } },
    { path: /^\/audit_log_downloads\/([^/]+)$/, methods: { GET: download } },
  ];
}

/** Whether a path is a download, which is guarded by its signature and not by the key. */
export function isDownload(path: string): boolean {
  return path.startsWith('/audit_log_downloads/');
}

/** Finds the route of a request, or refuses the request. */
export function findRoute(): (method: string, path: string) => { route: Route; id: string } {
  const known = places();
  return (method, path) => {
    for (const place of known) {
      const match = place.path.exec(path);
      if (match === null) continue;
      const route = place.methods[method];
      if (route !== undefined) return { route, id: decoded(match[1] ?? '') };
      const allow = Object.keys(place.methods).join(', ');
      throw new Refusal(json(405, { message: `Cannot ${method} ${path}` }, { allow }));
    }
    throw refusal(404, `Cannot ${method} ${path}`);
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
