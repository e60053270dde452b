import { POLICY_DEFAULTS } from '../../gateway/defaults.ts';
import type { WriteAccess } from '../environments/write-access.ts';
import { approvalMode, lockFile, privacyPolicy, type Settings } from '../settings.ts';

/** What holds for the calls of this window now: the defaults with what the person's settings make of them. */
export function policyNow(settings: Settings, access: Pick<WriteAccess, 'allowed'>): object {
  const flag = (name: string) => settings().get<unknown>(name) === true;
  return {
    ...POLICY_DEFAULTS,
    privacy: privacyPolicy(settings),
    approvals: approvalMode(settings),
    readOnly: flag('readOnly'),
    writesToProduction: flag('production.allowWrites') ? 'always' : access.allowed(),
    lockFile: lockFile(settings) ?? null,
  };
}
