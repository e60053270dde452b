import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../shared/json.ts';
import { newCode, normalCode } from './approval-code.ts';
import type { StateDir } from './state-dir.ts';

const FILE = 'approvals.json';
/** A question is open, and its answer good, for so long. */
export const APPROVAL_MS = 5 * 60_000;
/** A process may have so many questions open: an agent can't flood the person. */
export const MOST_OPEN = 20;

/** Exactly what a person is asked to allow. */
export interface Change {
  readonly environment: { readonly id: string; readonly name: string; readonly kind: string };
  readonly tool: string;
  /** As the tool gets them. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The agent's session: nobody else's call is allowed by the answer. */
  readonly session: string;
  /** As the client calls itself. */
  readonly client: string;
}

/** A question that waits for the person. */
export interface Approval {
  /** As ABCD-2345. */
  readonly code: string;
  readonly environment: { readonly name: string; readonly kind: string };
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly client: string;
  readonly created: Date;
  readonly expires: Date;
}

/** What became of a question: open under a code, answered with no, or not asked because too many are open. */
export type Asked = { readonly code: string } | 'denied' | 'full';

/** A person's yes that is used now. */
export interface Taken {
  readonly code: string;
  readonly by?: string | undefined;
}

/** Questions and answers of all processes of this user. Failures are StateErrors. */
export interface Approvals {
  /** The questions that wait now, oldest first. */
  pending(): readonly Approval[];
  /** Tells that questions may have come or gone, until the function it returns is called. One that expires is not told of. */
  onChange(listener: () => void): () => void;
  /** The person's yes, given at `by`; false when no question waits under this code: it is wrong, answered or expired. */
  approve(code: string, by?: string): Promise<boolean>;
  /** The person's no; false as with `approve`. */
  deny(code: string): Promise<boolean>;
  /** Puts a question, or finds the one that was put for the same change. */
  ask(change: Change): Promise<Asked>;
  /** Uses up the yes for exactly this change, and says where it was given; `undefined` when there is none. Of two who try, one gets it. */
  take(change: Change): Promise<Taken | undefined>;
}

const entrySchema = z.object({
  code: z.string(),
  digest: z.string(),
  /** The process that asks. */
  owner: z.string(),
  state: z.enum(['pending', 'approved', 'denied']),
  environment: z.object({ name: z.string(), kind: z.string() }),
  tool: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  client: z.string(),
  created: z.number(),
  /** Where the person said yes. */
  by: z.string().optional(),
});
/** What does not fit is no approval. */
const fileSchema = z.array(entrySchema).catch([]);
type Entry = z.infer<typeof entrySchema>;

export interface ApprovalsOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The approvals in a state directory. */
export function createApprovals(dir: StateDir, { now = Date.now }: ApprovalsOptions = {}): Approvals {
  const owner = `${process.pid} ${randomUUID()}`;
  const open = (entries: readonly Entry[]) => entries.filter((entry) => isOpen(entry, now()));
  const update = <R>(change: (entries: Entry[]) => { next?: Entry[]; result: R }) =>
    dir.update(FILE, fileSchema, (entries) => change(open(entries)));
  const answer = (typed: string, more: Pick<Entry, 'state' | 'by'>) => {
    const code = normalCode(typed);
    return update((entries) => {
      const asked = entries.find((entry) => entry.code === code && entry.state === 'pending');
      if (asked === undefined) return { result: false };
      return {
        next: entries.map((entry) => (entry === asked ? { ...entry, ...more } : entry)),
        result: true,
      };
    });
  };
  const isYes = (digest: string) => (entry: Entry) => entry.digest === digest && entry.state === 'approved';
  return {
    pending: () =>
      open(dir.read(FILE, fileSchema))
        .filter(({ state }) => state === 'pending')
        .map(toApproval),
    onChange: (listener) => dir.watch(listener),
    approve: (code, by) => answer(code, { state: 'approved', by }),
    deny: (code) => answer(code, { state: 'denied' }),
    ask: (change) => {
      const digest = digestOf(change);
      return update<Asked>((entries) => {
        const asked = entries.find((entry) => entry.digest === digest);
        if (asked !== undefined)
          return { result: asked.state === 'denied' ? 'denied' : { code: asked.code } };
        if (entries.filter((entry) => entry.owner === owner).length >= MOST_OPEN) return { result: 'full' };
        const entry = entryFor(change, { digest, owner, created: now() });
        return { next: [...entries, entry], result: { code: entry.code } };
      });
    },
    take: async (change) => {
      const isIt = isYes(digestOf(change));
      // Looked at without the lock: nearly always there is none.
      if (!open(dir.read(FILE, fileSchema)).some(isIt)) return undefined;
      return update<Taken | undefined>((entries) => {
        const found = entries.find(isIt);
        return {
          next: entries.filter((entry) => entry !== found),
          result: found && { code: found.code, by: found.by },
        };
      });
    },
  };
}

/** Equal for equal changes only, whatever order their arguments came in. */
function digestOf({ environment, tool, session, arguments: input }: Change): string {
  const bound = canonicalJson({ environment: environment.id, tool, session, arguments: input });
  return createHash('sha256').update(bound).digest('hex');
}

function entryFor(
  { environment, tool, arguments: input, client }: Change,
  more: Pick<Entry, 'digest' | 'owner' | 'created'>,
): Entry {
  const { name, kind } = environment;
  const shown = { environment: { name, kind }, tool, arguments: { ...input }, client };
  return { code: newCode(), state: 'pending', ...shown, ...more };
}

/** One from the future was written under another clock, and could be open for ever. */
function isOpen({ created }: Entry, now: number): boolean {
  return created <= now && now < created + APPROVAL_MS;
}

function toApproval({ code, environment, tool, arguments: input, client, created }: Entry): Approval {
  return {
    code,
    environment,
    tool,
    arguments: input,
    client,
    created: new Date(created),
    expires: new Date(created + APPROVAL_MS),
  };
}
