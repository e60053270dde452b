import type { TokenScope } from '../access/token-file.ts';
import { AppError } from '../shared/errors.ts';
import type { ToolName } from '../tools/registry.ts';
import type { Tool } from '../tools/tool.ts';
import type { Caller } from './caller.ts';
import type { Step } from './steps.ts';

/** What this server lets callers do. Read at each call, so a change holds from the next call on. */
export interface Policy {
  /** `undefined`: writes are allowed; otherwise why they are not, and how to allow them. */
  readonly readOnly?: { readonly reason: string; readonly hint: string } | undefined;
}

/** Everything the server allows. */
const WHOLE: TokenScope = { readOnly: false };

/** True when both the policy and the scope let agents see and call the tool. Read-only means: no tool that changes the account. */
export function allows(policy: Policy, tool: Tool<ToolName>, scope: TokenScope = WHOLE): boolean {
  const { readOnlyHint: onlyReads } = tool.annotations;
  const listed = scope.tools === undefined || scope.tools.includes(tool.name);
  return listed && (onlyReads || (policy.readOnly === undefined && !scope.readOnly));
}

/**
 * Refuses what the policy does not allow, even if a client calls a tool it was never shown. A person's yes may come
 * late: what was allowed when the call began has to be allowed then, too.
 */
export function admit(policy: () => Policy): Step {
  return (next) => async (call) => {
    const { tool, caller, confirm } = call;
    refuse(policy(), tool, caller);
    if (confirm === undefined) return next(call);
    return next({
      ...call,
      confirm: async (question) => {
        const yes = await confirm(question);
        if (yes) refuse(policy(), tool, caller);
        return yes;
      },
    });
  };
}

function refuse({ readOnly }: Policy, tool: Tool<ToolName>, caller: Caller): void {
  if (readOnly !== undefined && !allows({ readOnly }, tool)) {
    throw new AppError({
      code: 'READ_ONLY',
      message: `${tool.name} changes the account, and ${readOnly.reason}.`,
      hint: readOnly.hint,
    });
  }
  const scope = caller.kind === 'agent' ? caller.token?.scope : undefined;
  if (scope !== undefined && !allows({}, tool, scope)) throw outOfScope(tool, scope);
}

/** The server would allow it, the token does not. */
function outOfScope({ name }: Tool<ToolName>, { tools = [name] }: TokenScope): AppError {
  return new AppError({
    code: 'OUT_OF_SCOPE',
    message: tools.includes(name)
      ? `${name} changes the account, and this connection token only reads.`
      : `This connection token does not allow ${name}.`,
    hint: 'Use what tools/list names. If this is wanted, the person who runs the server can issue a token that allows it.',
  });
}
