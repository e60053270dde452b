import type { WorkosPort } from '../workos/port.ts';
import { organizationNames } from './organization-names.ts';
import { isOrganizationId, resolveOrganization } from './organization-ref.ts';
import type { ToolContext } from './tool.ts';

/** An organization that rows belong to; a lean call does not look up the name of an id. */
interface Owner {
  readonly id: string;
  readonly name?: string;
}

/** The organization a list is limited to, if any. Throws NOT_FOUND or AMBIGUOUS. */
export function ownerOf(port: WorkosPort, context: ToolContext, reference: string): Promise<Owner>;
export function ownerOf(
  port: WorkosPort,
  context: ToolContext,
  reference: string | undefined,
): Promise<Owner | undefined>;
export async function ownerOf(
  port: WorkosPort,
  { lean }: ToolContext,
  reference: string | undefined,
): Promise<Owner | undefined> {
  if (reference === undefined) return undefined;
  if (lean && isOrganizationId(reference)) return { id: reference };
  return resolveOrganization(port, reference);
}

/** Names of the organizations that rows belong to, by id; a lean call knows none. */
export async function ownerNames(
  port: WorkosPort,
  { lean }: ToolContext,
  rows: readonly { readonly organization_id?: string | undefined }[],
  owner: Owner | undefined,
): Promise<ReadonlyMap<string, string>> {
  const known = new Map(owner?.name === undefined ? [] : [[owner.id, owner.name]]);
  if (lean) return known;
  return organizationNames(
    port,
    rows.map(({ organization_id }) => organization_id),
    known,
  );
}
