import { z } from 'zod';
import type { OrganizationDomain } from '../workos/schemas.ts';

/** The DNS record that proves who owns a domain. */
export const dnsRecordOutput = z.object({ type: z.literal('TXT'), name: z.string(), value: z.string() });

/** The TXT record to publish for a domain that is not verified; absent when none is pending. */
export function dnsRecord(domain: OrganizationDomain): z.output<typeof dnsRecordOutput> | undefined {
  const { verification_prefix: prefix, verification_token: token, state } = domain;
  if (state !== 'pending' || token === undefined) return undefined;
  return {
    type: 'TXT',
    name: prefix === undefined ? domain.domain : `${prefix}.${domain.domain}`,
    value: token,
  };
}
