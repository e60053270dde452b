import { POLICY_DEFAULTS } from '../gateway/defaults.ts';
import { definitionOf } from '../mcp/definitions.ts';
import { INSTRUCTIONS } from '../mcp/instructions.ts';
import { type ToolName, tools } from '../tools/registry.ts';
import { type Lock, lockOf } from './digests.ts';

/**
 * The lock of what this build offers. Publishing all tools takes some 20 ms once per process, which a server spends at
 * its first `tools/list` anyway; for a single call `only` leaves out the tools that are not called.
 */
export function builtLock(only?: ToolName): Lock {
  const offered = Object.values(tools).filter(({ name }) => only === undefined || name === only);
  return lockOf({
    instructions: INSTRUCTIONS,
    policy: POLICY_DEFAULTS,
    tools: offered.map(definitionOf),
  });
}
