import { cleanLine } from '../../text/clean-text.ts';

interface Domain {
  readonly dns_record?: { readonly name: string; readonly value: string } | undefined;
}

/** The DNS records of pending domains, one zone-file line each; nothing in a name or a value ends its place in it. */
export function dnsRecordLines(domains: readonly Domain[]): string[] {
  return domains.flatMap(({ dns_record }) => {
    if (dns_record === undefined) return [];
    const name = cleanLine(dns_record.name).replace(/[\s"\\();@$]/gu, '\\$&');
    return [`${name} TXT "${cleanLine(dns_record.value).replace(/["\\]/gu, '\\$&')}"`];
  });
}
