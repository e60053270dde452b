interface Domain {
  readonly dns_record?: { readonly name: string; readonly value: string } | undefined;
}

/** The DNS records of pending domains, one zone-file line each. */
export function dnsRecordLines(domains: readonly Domain[]): string[] {
  return domains.flatMap(({ dns_record }) =>
    dns_record ? [`${dns_record.name} TXT "${dns_record.value}"`] : [],
  );
}
