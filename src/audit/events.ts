import type { RefusedFor } from '../access/token-gate.ts';
import type { TokenEvent } from '../access/tokens.ts';
import { describeName } from './describe-values.ts';
import type { Body, EventName } from './format.ts';
import type { Trail } from './trail.ts';

/** So many changes of a refused build are named; the rest is counted. */
const MOST_CHANGES = 50;
const MOST_TOOLS = 20;

/** Who did something: a person or an agent, or this program by itself; and where, as `terminal`, `vscode` or `serve`. */
export interface Actor {
  readonly kind: 'person' | 'agent' | 'system';
  readonly surface: string;
}

/** What a person was asked to allow. The code ties the question to its answer, which may be in another chain. */
export interface ApprovalAbout {
  readonly tool: string;
  readonly environment: { readonly id?: string; readonly kind: string };
  /** The client that wants it, as it calls itself. */
  readonly client?: string;
  /** Absent where the client itself showed the question. */
  readonly code?: string;
  /** Who asks, or who answered. */
  readonly by: Actor;
}

/** A connection token, as far as it is recorded. */
type RecordedToken = Pick<TokenEvent['token'], 'id' | 'name'> & Partial<TokenEvent['token']>;

/** Records what happens besides calls. Each resolves once it is on disk, or counted as lost; none rejects. */
export interface AuditEvents {
  killed(by: Actor): Promise<void>;
  resumed(by: Actor): Promise<void>;
  token(change: TokenEvent['kind'] | 'expired', token: RecordedToken, by: Actor): Promise<void>;
  /** So many requests were refused for what they had in place of a valid token. */
  refused(why: RefusedFor, count: number): Promise<void>;
  approval(state: 'asked' | 'given' | 'denied', about: ApprovalAbout): Promise<void>;
  /** Digests of the policy before and from now on. */
  policy(digest: { readonly from?: string; readonly to: string }): Promise<void>;
  /** What a build offers is not what was accepted; a line for each thing that differs. */
  lockRefused(changed: readonly string[]): Promise<void>;
  /** A decoy was seen where only a thief would show it; `where` names the place, never what else was there. */
  honeypot(what: {
    readonly decoy: 'key' | 'token';
    readonly where: string;
    /** Who showed it, as it calls itself. */
    readonly client?: string | undefined;
  }): Promise<void>;
  quarantined(): Promise<void>;
  /** `why` in our own words. */
  healed(what: 'isolate' | 'endpoint', why: string): Promise<void>;
}

/** The events of a trail, one function for each kind, so that all who tell of one write the same fields. */
export function auditEvents(trail: Pick<Trail, 'event'>): AuditEvents {
  const tell = (name: EventName, details: Body) => trail.event(name, details);
  return {
    killed: (by) => tell('kill.stopped', { by: describeActor(by) }),
    resumed: (by) => tell('kill.resumed', { by: describeActor(by) }),
    token: (change, token, by) =>
      tell(`token.${change}`, { by: describeActor(by), token: describeToken(token) }),
    refused: (why, count) => tell('auth.refused', { reason: why, count }),
    approval: (state, { tool, environment, client, code, by }) =>
      tell(`approval.${state}`, {
        by: describeActor(by),
        tool,
        environment: { id: environment.id, kind: describeName(environment.kind) },
        client: client === undefined ? undefined : describeName(client),
        code,
      }),
    policy: ({ from, to }) => tell('policy.changed', { from, to }),
    lockRefused: (changed) =>
      tell('lock.refused', {
        changed: changed.slice(0, MOST_CHANGES).map(describeName),
        count: changed.length,
      }),
    honeypot: ({ decoy, where, client }) =>
      tell('honeypot.sighted', {
        decoy,
        where: describeName(where),
        client: client === undefined ? undefined : describeName(client),
      }),
    quarantined: () => tell('quarantine.begun', {}),
    healed: (what, why) => tell('self.healed', { what, why: describeName(why) }),
  };
}

/** A connection token as it is recorded: never the token itself, nor a part of it. */
function describeToken({ id, name, scope }: RecordedToken) {
  return {
    id: describeName(id),
    name: describeName(name),
    ...(scope !== undefined && {
      scope: { tools: scope.tools?.slice(0, MOST_TOOLS).map(describeName), read_only: scope.readOnly },
    }),
  };
}

function describeActor({ kind, surface }: Actor): Body {
  return { kind, surface: describeName(surface) };
}
