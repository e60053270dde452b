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

/** Refuses what the policy does not allow, even if a client calls a tool it was never shown. */
export function admit(policy: () => Policy): Step {
  return (next) => async (call) => {
    const { readOnly } = policy();
    if (readOnly !== undefined && !allows({ readOnly }, call.tool)) {
      throw new AppError({
        code: 'READ_ONLY',
        message: `${call.tool.name} changes the account, and ${readOnly.reason}.`,
        hint: readOnly.hint,
      });
    }
    return next(call);
  };
}
