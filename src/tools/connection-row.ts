import { z } from 'zod';
import type { Connection } from '../workos/schemas.ts';
import { describeConnectionType } from './connection-types.ts';

/** An organization as rows refer to it. */
export const organizationOutput = z.object({ id: z.string(), name: z.string().optional() });

/** Fields that a connection has wherever it is shown. */
export const connectionOutput = {
  id: z.string(),
  name: z.string().optional(),
  type: z.string().optional(),
  protocol: z.string().optional(),
  provider: z.string().optional(),
  state: z.string().optional(),
  organization: organizationOutput.optional(),
  domains: z.array(z.string()).optional(),
};

/** Reference to the organization a row belongs to. */
export function organizationOf(id: string | undefined, names: ReadonlyMap<string, string>) {
  return id === undefined ? undefined : { id, name: names.get(id) };
}

/** A connection as shown. */
export function connectionFields(connection: Connection, names: ReadonlyMap<string, string>) {
  const { id, name, connection_type: type, state, organization_id, domains } = connection;
  return {
    id,
    name,
    type,
    ...describeConnectionType(type),
    state,
    organization: organizationOf(organization_id, names),
    domains: domains.map(({ domain }) => domain),
  };
}
