import type { LookupAddress, LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { AppError } from '../shared/errors.ts';
import { NotConnected } from './not-connected.ts';

/** Which addresses a host may have: of the open internet, of this machine, or any (the configured proxy's). */
export type Reach = 'public' | 'loopback' | 'any';

/** Resolves a name to all its addresses, as `dns.lookup` does. */
export type Lookup = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** True for an address a connection may go to. What is not plainly public (private, NAT64, 6to4, …) is not. */
export function mayReach(address: string | undefined, reach: Reach): boolean {
  if (reach === 'any') return true;
  if (address === undefined || !ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  if (reach === 'loopback') return ip.range() === 'loopback';
  return ip.range() === 'unicast' && (ip.kind() === 'ipv4' || isGlobal(ip.toByteArray()));
}

/** Of IPv6, only 2000::/3 is handed out so far. */
function isGlobal([first = 0]: readonly number[]): boolean {
  return first >> 5 === 1;
}

/** A lookup that fails when any address of the name is out of reach. */
export function guardedLookup(reach: Reach, lookup: Lookup): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      if (!addresses.every(({ address }) => mayReach(address, reach)))
        return done(outOfReach(hostname, reach), []);
      return done(null, addresses);
    });
  };
}

/** The error of a host whose address no connection may go to. */
export function outOfReach(host: string, reach: Reach): NotConnected {
  const where = reach === 'loopback' ? 'of this machine' : 'of the public internet';
  return new NotConnected(
    new AppError({
      code: 'NETWORK',
      message: `The address of ${host} is not one ${where}, so no connection was made.`,
      hint: 'Check the DNS of this network and WORKOS_API_BASE_URL. A network that reaches the internet only through a proxy needs HTTPS_PROXY.',
    }),
    { passing: false },
  );
}
