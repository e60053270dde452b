import { lookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { createSecureContext, rootCertificates } from 'node:tls';
import type { Machine } from '../../../src/egress/connect.ts';
import type { Lookup } from '../../../src/egress/guard.ts';

/** A machine that trusts one more authority, and looks names up as told. */
export function machineWith({
  authority,
  resolve,
}: {
  authority?: string;
  resolve?: (name: string) => readonly LookupAddress[];
}): Machine & { readonly looked: string[] } {
  const context = createSecureContext({
    ca: authority === undefined ? [...rootCertificates] : [...rootCertificates, authority],
  });
  const looked: string[] = [];
  const told: Lookup = (name, options, done) => {
    looked.push(name);
    if (resolve === undefined) lookup(name, options, done);
    else process.nextTick(() => done(null, [...resolve(name)]));
  };
  return { lookup: told, trust: () => context, looked };
}
