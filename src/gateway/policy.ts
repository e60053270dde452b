import { AppError } from '../shared/errors.ts';
import type { ToolName } from '../tools/registry.ts';
import type { Tool } from '../tools/tool.ts';
import type { Step } from './steps.ts';

/** What this server lets callers do. Read at each call, so a change holds from the next call on. */
export interface Policy {
  /** `undefined`: writes are allowed; otherwise why they are not, and how to allow them. */
  readonly readOnly?: { readonly reason: string; readonly hint: string } | undefined;
}

/** True when the policy lets agents see and call the tool. Read-only means: no tool that changes the account. */
export function allows(policy: Policy, tool: Tool<ToolName>): boolean {
  return policy.readOnly === undefined || tool.annotations.readOnlyHint;
}

/**
 * Refuses what the policy does not allow, even if a client calls a tool it was never shown. A person's yes may come
 * late: what was allowed when the call began has to be allowed then, too.
 */
export function admit(policy: () => Policy): Step {
  return (next) => async (call) => {
    const { tool, confirm } = call;
    refuse(policy(), tool);
    if (confirm === undefined) return next(call);
    return next({
      ...call,
      confirm: async (question) => {
        const yes = await confirm(question);
        if (yes) refuse(policy(), tool);
        return yes;
      },
    });
  };
}

function refuse({ readOnly }: Policy, tool: Tool<ToolName>): void {
  if (readOnly === undefined || allows({ readOnly }, tool)) return;
  throw new AppError({
    code: 'READ_ONLY',
    message: `${tool.name} changes the account, and ${readOnly.reason}.`,
    hint: readOnly.hint,
  });
}
