import { DEFAULT_PROFILE, type PrivacyPolicy, PROFILES } from '../privacy/policy.ts';
import type { Environment } from '../tools/tool.ts';

/** When an agent's change takes a person's yes: each time, once its session was given third parties' text, or never. */
export const APPROVAL_MODES = ['always', 'after-untrusted', 'never'] as const;
export type ApprovalMode = (typeof APPROVAL_MODES)[number];

/** What holds unless the person who runs the server says otherwise. */
export interface PolicyDefaults {
  /** An agent's result is smaller than this many bytes of JSON. */
  readonly agentResultBytes: number;
  readonly approvals: ApprovalMode;
  /** A call ends after so many seconds without progress, and after so many in all. */
  readonly callSeconds: { readonly withoutProgress: number; readonly inAll: number };
  /** What agents see masked. */
  readonly privacy: PrivacyPolicy;
  /** Whether tools that change the account are allowed, by kind of environment. */
  readonly writes: Readonly<Record<Environment['kind'], boolean>>;
}

/** The defaults themselves. The lockfile keeps a digest of each, so that none changes unnoticed. */
export const POLICY_DEFAULTS: PolicyDefaults = {
  agentResultBytes: 8_000,
  approvals: 'after-untrusted',
  callSeconds: { withoutProgress: 30, inAll: 120 },
  privacy: PROFILES[DEFAULT_PROFILE],
  writes: { production: false, staging: true, sandbox: true },
};
