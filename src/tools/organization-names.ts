import { AppError } from '../shared/errors.ts';
import type { WorkosPort } from '../workos/port.ts';
import { mapLimited } from './walk.ts';

const AT_ONCE = 8;

/** Names of the organizations that rows belong to, by id: one request per distinct organization not known yet. */
export async function organizationNames(
  port: WorkosPort,
  ids: Iterable<string | undefined>,
  known: ReadonlyMap<string, string> = new Map(),
): Promise<ReadonlyMap<string, string>> {
  const names = new Map(known);
  const missing = [...new Set(ids)].filter((id) => id !== undefined).filter((id) => !names.has(id));
  await mapLimited(missing, AT_ONCE, async (id) => {
    const name = await port.organizations.get(id).then((found) => found.name, undefinedWhenGone);
    if (name !== undefined) names.set(id, name);
  });
  return names;
}

/** An organization deleted in the meantime has no name; that is no reason to lose the row. */
function undefinedWhenGone(thrown: unknown): undefined {
  if (thrown instanceof AppError && thrown.code === 'NOT_FOUND') return;
  throw thrown;
}
