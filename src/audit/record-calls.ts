import { userInfo } from 'node:os';
import type { Caller } from '../gateway/caller.ts';
import type { BeforeCall } from '../gateway/record.ts';
import type { Call } from '../gateway/steps.ts';
import { AppError } from '../shared/errors.ts';
import type { Environment } from '../tools/tool.ts';
import { describeOutcome } from './describe-outcome.ts';
import { describeArguments, describeName } from './describe-values.ts';
import type { Body } from './format.ts';
import { resourceIds } from './resource-ids.ts';
import type { Trail } from './trail.ts';

const ARGUMENTS_KEY = 'workos-mcp audit arguments v1';

/** Under which rules calls are made, by digests. */
export interface Rules {
  readonly server: string;
  readonly contract: string;
  /** Read at each call. */
  readonly policy: () => string;
}

/** Records each call of an account: what is wanted before it runs, what came of it afterwards. What changes the account does not run unrecorded. */
export function recordCalls(
  trail: Trail,
  { id, kind }: Pick<Environment, 'id' | 'kind'>,
  { server, contract, policy }: Rules,
): BeforeCall {
  const os_user = userName();
  return async (call, number) => {
    const reads = call.tool.annotations.readOnlyHint;
    const common = { call: number, tool: call.tool.name, verb: reads ? 'query' : 'mutation' };
    const intent = await trail
      .before((secret) => {
        const described = describeArguments(call.input, secret(ARGUMENTS_KEY));
        const rules = { server, contract, policy: policy() };
        const body = {
          ...common,
          ...described,
          resources: resourceIds(call.input),
          caller: describeCaller(call),
          environment: { id, kind },
          os_user,
        };
        return { kind: 'intent', body: { ...body, ...rules } };
      }, !reads)
      .catch(() => undefined);
    if (intent === undefined && !reads) throw unrecorded();
    return (ended, answer, notes) => {
      if (intent !== undefined)
        trail.after(
          () => ({
            kind: 'outcome',
            body: { intent, ...common, ...describeOutcome(ended, answer, notes) },
          }),
          !reads,
        );
    };
  };
}

function describeCaller({ caller }: Call): Body {
  if (caller.kind === 'person') return { kind: caller.kind, surface: caller.surface };
  const { session, client, token } = caller satisfies Caller;
  return {
    kind: caller.kind,
    session: describeName(session),
    client: { name: describeName(client.name), version: describeName(client.version) },
    ...(token !== undefined && { token: { id: describeName(token.id), name: describeName(token.name) } }),
  };
}

function unrecorded(): AppError {
  return new AppError({
    code: 'AUDIT_UNAVAILABLE',
    message: 'This change can not be recorded in the audit trail, so it was not made.',
    hint: 'Tell the person: the log says why, often a full disk. Reading still works. Do not try again before they have looked.',
  });
}

/** Some containers have users without a name. */
export function userName(): string {
  try {
    return describeName(userInfo().username);
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
