import { POLICY_DEFAULTS } from '../../../src/gateway/defaults.ts';
import { type Contract, type Lock, lockOf } from '../../../src/lock/digests.ts';
import { definitionOf } from '../../../src/mcp/definitions.ts';
import { INSTRUCTIONS } from '../../../src/mcp/instructions.ts';
import { tools } from '../../../src/tools/registry.ts';

/** Anything a JSON file may hold, to be changed at will. */
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

/** A copy of what this build offers, free to be changed. */
export function contract(): { instructions: string; policy: Loose; tools: Loose[] } {
  const offered = Object.values(tools).map(definitionOf);
  return structuredClone({ instructions: INSTRUCTIONS, policy: { ...POLICY_DEFAULTS }, tools: offered });
}

/** The lock of what this build offers, after a change. */
export function lockAfter(change: (offered: ReturnType<typeof contract>) => void): Lock {
  const offered = contract();
  change(offered);
  return lockOf(offered satisfies Contract);
}
