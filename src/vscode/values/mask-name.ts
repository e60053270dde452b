import type { PrivacyPolicy } from '../../privacy/policy.ts';
import { createRedactor } from '../../privacy/redactor.ts';

/** A name as agents may see it, for titles and addresses of documents; a name that can't be looked at is left out. */
export function maskName(policy: PrivacyPolicy, name: string, otherwise: string): string {
  try {
    return createRedactor(policy).text(name);
  } catch {
    return otherwise;
  }
}
