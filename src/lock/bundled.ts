import { instructions, lockfileVersion, policy, tools } from '../../workos-mcp.lock';
import type { Lock } from './digests.ts';

/** The repository's lockfile as it was when this was built. */
export const bundledLock: Lock = { instructions, lockfileVersion, policy, tools };
