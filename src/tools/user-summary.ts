import { z } from 'zod';
import type { WorkosPort } from '../workos/port.ts';
import type { DirectoryGroup, DirectoryUser } from '../workos/schemas.ts';
import { decodeCursor } from './cursor.ts';
import { listDraft } from './list.ts';
import type { ToolContext } from './tool.ts';
import type { UserSource } from './user-sources.ts';
import { deadlineOf, walkAll } from './walk.ts';

interface SummaryRequest {
  readonly binding: string;
  readonly cursor: string | undefined;
  readonly sources: readonly UserSource[];
  /** Count the groups' members too. */
  readonly groups: boolean;
  /** All users, where known without counting. */
  readonly total: number | undefined;
  /** Who counts; absent for everybody. */
  readonly keep: ((user: DirectoryUser) => boolean) | undefined;
}

/**
 * What is counted, in which source, after which user or group, the users counted so far by state, and for a group
 * too large for one call its members counted so far and the last of them.
 */
const stateSchema = z.tuple([
  z.enum(['users', 'groups']),
  z.int().min(0),
  z.string().nullable(),
  z.record(z.string(), z.number()),
  z.tuple([z.number(), z.string()]).nullable(),
]);
type State = z.output<typeof stateSchema>;

const API_PAGE = 100;

/** Counts users by state and members by group, for up to 20 s; the cursor goes on counting where it stopped. */
export async function summarizeUsers(port: WorkosPort, context: ToolContext, request: SummaryRequest) {
  const { binding, sources, keep } = request;
  const deadline = deadlineOf(context);
  const from: State = decodeCursor(request.cursor, binding, stateSchema) ?? ['users', 0, null, {}, null];
  const counting = await countUsers(port, context, { sources, from, deadline, keep });
  const byState = counting.byState;
  const rows: { id: string; name: string; directory_id: string | undefined; members: number }[] = [];
  const positions: State[] = [];
  let next = counting.next;
  if (next === undefined && request.groups) {
    const start = from[0] === 'groups' ? from : undefined;
    for await (const step of countGroups(port, context, { sources, start, deadline, keep })) {
      if (step.kind === 'stopped') next = ['groups', step.source, step.after, byState, step.part];
      else {
        const { group, members } = step;
        rows.push({ id: group.id, name: group.name, directory_id: group.directory_id, members });
        positions.push(['groups', step.source, group.id, byState, null]);
      }
    }
  }
  const all = Object.values(byState).reduce((sum, count) => sum + count, 0);
  return listDraft(context, {
    binding,
    items: rows,
    positions,
    next,
    head: { total: counting.next === undefined ? all : request.total, by_state: byState },
  });
}

interface Counting {
  readonly sources: readonly UserSource[];
  readonly from: State;
  readonly deadline: number;
  readonly keep: SummaryRequest['keep'];
}

async function countUsers(
  port: WorkosPort,
  context: ToolContext,
  { sources, from, deadline, keep = () => true }: Counting,
) {
  const [phase, first, afterFirst, counted] = from;
  if (phase === 'groups') return { byState: counted, next: undefined };
  const tally = new Map(Object.entries(counted));
  const byState = () => Object.fromEntries(tally);
  for (const [index, source] of sources.entries()) {
    if (index < first) continue;
    let after = index === first ? (afterFirst ?? undefined) : undefined;
    do {
      if (performance.now() > deadline) {
        const next: State = ['users', index, after ?? null, byState(), null];
        return { byState: byState(), next };
      }
      const page = await port.directoryUsers.list({ ...source.query, ...limits(source), after });
      for (const { state } of page.items.filter(keep)) tally.set(state, (tally.get(state) ?? 0) + 1);
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
  | {
      readonly kind: 'stopped';
      readonly source: number;
      readonly after: string | null;
      readonly part: State[4];
    };

interface GroupCounting {
  readonly sources: readonly UserSource[];
  readonly start: State | undefined;
  readonly deadline: number;
  readonly keep: SummaryRequest['keep'];
}

async function* countGroups(
  port: WorkosPort,
  context: ToolContext,
  { sources, start, deadline, keep }: GroupCounting,
): AsyncGenerator<GroupStep> {
  const [, first, afterFirst] = start ?? ['groups', 0, null];
  let part = start?.[4] ?? null;
  for (const [index, source] of sources.entries()) {
    if (index < first || !('directory' in source.query)) continue;
    const { directory } = source.query;
    let after = index === first ? afterFirst : null;
    const groups = await walkAll(context, 'groups', (query) =>
      port.directoryGroups.list({ ...query, directory }),
    );
    const done = groups.findIndex((group) => group.id === after);
    for (const group of groups.slice(done + 1)) {
      const counted = await countMembers(port, source, { group: group.id, from: part, deadline, keep });
      part = null;
      if ('part' in counted) {
        yield { kind: 'stopped', source: index, after, part: counted.part };
        return;
      }
      context.progress({
        message: `Counted the members of ${groups.indexOf(group) + 1} of ${groups.length} groups`,
      });
      yield { kind: 'counted', source: index, group, members: counted.members };
      after = group.id;
    }
  }
}

interface MemberCounting {
  readonly group: string;
  readonly from: State[4];
  readonly deadline: number;
  readonly keep: SummaryRequest['keep'];
}

/** All members of a group; when time runs out, those counted so far and the last of them. */
async function countMembers(
  port: WorkosPort,
  source: UserSource,
  { group, from, deadline, keep = () => true }: MemberCounting,
): Promise<{ readonly members: number } | { readonly part: State[4] }> {
  let [members, after]: [number, string | undefined] = from ?? [0, undefined];
  do {
    if (performance.now() > deadline) return { part: after === undefined ? null : [members, after] };
    const page = await port.directoryUsers.list({ group, ...limits(source), after });
    members += page.items.filter(keep).length;
    after = page.after;
  } while (after !== undefined);
  return { members };
}
