import { PROFILES } from '../privacy/policy.ts';
import { createRedactor } from '../privacy/redactor.ts';

const { detectors } = PROFILES.strict;
const redactor = createRedactor({ detectors: { ...detectors, email: 'mask' }, paths: [] });
/** So much of a name is looked at; less is kept of it anywhere. */
const MOST_CHARACTERS = 1_000;

/** What a client calls itself, without personal data and secrets, whatever the profile: records and logs keep it. */
export function cleanClientName(name: string): string {
  return redactor.text(name.slice(0, MOST_CHARACTERS));
}
