import { z } from 'zod';
import type { WorkosPort } from '../workos/port.ts';
import type { DirectoryGroup } from '../workos/schemas.ts';
import { decodeCursor } from './cursor.ts';
import { listDraft } from './list.ts';
import type { ToolContext } from './tool.ts';
import type { UserSource } from './user-sources.ts';
import { WALK_MS, walkAll } from './walk.ts';

interface SummaryRequest {
  readonly binding: string;
  readonly cursor: string | undefined;
  readonly sources: readonly UserSource[];
  /** Count the groups' members too. */
  readonly groups: boolean;
}

/** What is counted, in which source, after which user or group, and the users counted so far by state. */
const stateSchema = z.tuple([
  z.enum(['users', 'groups']),
  z.int().min(0),
  z.string().nullable(),
  z.record(z.string(), z.number()),
]);
type State = z.output<typeof stateSchema>;

const API_PAGE = 100;

/** Counts users by state and members by group, for up to 20 s; the cursor goes on counting where it stopped. */
export async function summarizeUsers(port: WorkosPort, context: ToolContext, request: SummaryRequest) {
  const { binding, sources } = request;
  const deadline = performance.now() + WALK_MS;
  const from: State = decodeCursor(request.cursor, binding, stateSchema) ?? ['users', 0, null, {}];
  const counting = await countUsers(port, context, { sources, from, deadline });
  const byState = counting.byState;
  const rows: { id: string; name: string; directory_id: string | undefined; members: number }[] = [];
  const positions: State[] = [];
  let next = counting.next;
  if (next === undefined && request.groups) {
    const start = from[0] === 'groups' ? from : undefined;
    for await (const step of countGroups(port, context, { sources, start, deadline })) {
      if (step.kind === 'stopped') next = ['groups', step.source, step.after, byState];
      else {
        const { group, members } = step;
        rows.push({ id: group.id, name: group.name, directory_id: group.directory_id, members });
        positions.push(['groups', step.source, group.id, byState]);
      }
    }
  }
  const all = Object.values(byState).reduce((sum, count) => sum + count, 0);
  return listDraft(context, {
    binding,
    items: rows,
    positions,
    next,
    head: { total: counting.next === undefined ? all : undefined, by_state: byState },
  });
}

interface Counting {
  readonly sources: readonly UserSource[];
  readonly from: State;
  readonly deadline: number;
}

async function countUsers(port: WorkosPort, context: ToolContext, { sources, from, deadline }: Counting) {
  const [phase, first, afterFirst, counted] = from;
  if (phase === 'groups') return { byState: counted, next: undefined };
  const tally = new Map(Object.entries(counted));
  const byState = () => Object.fromEntries(tally);
  for (const [index, source] of sources.entries()) {
    if (index < first) continue;
    let after = index === first ? (afterFirst ?? undefined) : undefined;
    do {
      if (performance.now() > deadline) {
        const next: State = ['users', index, after ?? null, byState()];
        return { byState: byState(), next };
      }
      const page = await port.directoryUsers.list({ ...source.query, ...limits(source), after });
      for (const { state } of page.items) tally.set(state, (tally.get(state) ?? 0) + 1);
      after = page.after;
      context.progress({
        message: `Counted ${[...tally.values()].reduce((sum, count) => sum + count, 0)} users`,
      });
    } while (after !== undefined);
  }
  return { byState: byState(), next: undefined };
}

function limits({ rate_limited_by }: UserSource) {
  return { limit: API_PAGE, rate_limited_by };
}

type GroupStep =
  | {
      readonly kind: 'counted';
      readonly source: number;
      readonly group: DirectoryGroup;
      readonly members: number;
    }
  | { readonly kind: 'stopped'; readonly source: number; readonly after: string | null };

interface GroupCounting {
  readonly sources: readonly UserSource[];
  readonly start: State | undefined;
  readonly deadline: number;
}

async function* countGroups(
  port: WorkosPort,
  context: ToolContext,
  { sources, start, deadline }: GroupCounting,
): AsyncGenerator<GroupStep> {
  const [, first, afterFirst] = start ?? ['groups', 0, null];
  for (const [index, source] of sources.entries()) {
    if (index < first || !('directory' in source.query)) continue;
    const { directory } = source.query;
    let after = index === first ? afterFirst : null;
    const groups = await walkAll(context, 'groups', (query) =>
      port.directoryGroups.list({ ...query, directory }),
    );
    const done = groups.findIndex((group) => group.id === after);
    for (const group of groups.slice(done + 1)) {
      const members =
        performance.now() > deadline ? undefined : await countMembers(port, source, group, deadline);
      if (members === undefined) {
        yield { kind: 'stopped', source: index, after };
        return;
      }
      context.progress({
        message: `Counted the members of ${groups.indexOf(group) + 1} of ${groups.length} groups`,
      });
      yield { kind: 'counted', source: index, group, members };
      after = group.id;
    }
  }
}

/** All members of a group; `undefined` when time runs out first. */
async function countMembers(port: WorkosPort, source: UserSource, group: DirectoryGroup, deadline: number) {
  let members = 0;
  let after: string | undefined;
  do {
    if (after !== undefined && performance.now() > deadline) return undefined;
    const page = await port.directoryUsers.list({ group: group.id, ...limits(source), after });
    members += page.items.length;
    after = page.after;
  } while (after !== undefined);
  return members;
}
