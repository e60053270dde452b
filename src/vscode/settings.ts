import type { WorkspaceConfiguration } from 'vscode';
import { APPROVAL_MODES, type ApprovalMode, POLICY_DEFAULTS } from '../gateway/defaults.ts';
import { DEFAULT_PROFILE, isProfileName, type PrivacyPolicy, PROFILES } from '../privacy/policy.ts';

/** Reads the settings under `workos.` as they are now. */
export type Settings = () => Pick<WorkspaceConfiguration, 'get'>;

/** What is covered in what agents get. A word that names no profile covers the most. */
export function privacyPolicy(settings: Settings): PrivacyPolicy {
  const word = settings().get<unknown>('privacy') ?? DEFAULT_PROFILE;
  return PROFILES[typeof word === 'string' && isProfileName(word) ? word : 'strict'];
}

/** The person's own pinned lockfile as it is written in the setting; `undefined` for none. */
export function lockFile(settings: Settings): string | undefined {
  const file = settings().get<unknown>('lockFile');
  return typeof file === 'string' && file.trim() !== '' ? file.trim() : undefined;
}

/** When agents' changes take a person's yes. A word that names no way asks each time. */
export function approvalMode(settings: Settings): ApprovalMode {
  const word = settings().get<unknown>('approvals') ?? POLICY_DEFAULTS.approvals;
  return APPROVAL_MODES.find((mode) => mode === word) ?? 'always';
}

/** The port that is kept for the MCP endpoint; 0 for any. */
export function endpointPort(settings: Settings): number {
  const port = settings().get<unknown>('endpoint.port');
  return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
}
