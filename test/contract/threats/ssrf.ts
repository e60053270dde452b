import { threat } from './line.ts';

const GUARD = 'src/egress/guard.ts';
const CONNECT = 'src/egress/connect.ts';
const HTTP = 'src/egress/http.ts';
const WAYS = 'src/egress/ways.ts';
const GUARD_TEST = 'test/unit/egress/guard.test.ts';
const HTTP_TEST = 'test/unit/egress/http.test.ts';
const DOWNLOAD_TEST = 'test/unit/egress/download.test.ts';
const TUNNEL_TEST = 'test/unit/egress/tunnel.test.ts';
const PUBLIC = "return ip.range() === 'unicast' && (ip.kind() === 'ipv4' || isGlobal(ip.toByteArray()));";
/** Lets addresses of another range through as well. */
const reaching = (range: string) => `return ['unicast', '${range}'].includes(ip.range());`;
const refused = (address: string) =>
  [GUARD_TEST, `an address > that is not public may not: ${address}`] as const;

export const ssrf = threat('a request goes where it must not', [
  ['127.0.0.1', [GUARD, PUBLIC, reaching('loopback')], refused('127.0.0.1')],
  ['0x7f000001 for it', [GUARD, PUBLIC, reaching('loopback')], refused('0x7f000001')],
  [
    '[::ffff:127.0.0.1] for it',
    [
      GUARD,
      'const ip = ipaddr.process(address);',
      "const ip = ipaddr.process(address.replace('::ffff:127', '1'));",
    ],
    refused('::ffff:127.0.0.1'),
  ],
  [
    '169.254.169.254, where clouds keep credentials',
    [GUARD, PUBLIC, reaching('linkLocal')],
    refused('169.254.169.254'),
  ],
  [
    '100.100.100.200, where another cloud does',
    [GUARD, PUBLIC, reaching('carrierGradeNat')],
    refused('100.100.100.200'),
  ],
  ['fd00:ec2::254, the same by IPv6', [GUARD, PUBLIC, reaching('uniqueLocal')], refused('fd00:ec2::254')],
  ['NAT64, which wraps an IPv4 address', [GUARD, PUBLIC, reaching('rfc6052')], refused('64:ff9b::7f00:1')],
  [
    'a name with one such address among good ones',
    [GUARD, 'if (!addresses.every(({ address }) => mayReach(address, reach)))', 'if (false)'],
    [GUARD_TEST, 'a name with one address out of reach'],
  ],
  [
    'a name that leads elsewhere between the look and the connection',
    [CONNECT, 'if (mayReach(socket.remoteAddress, reach)) return socket;', 'return socket;'],
    [GUARD_TEST, 'a server of this machine hears nothing > when a name is bound anew'],
  ],
  [
    'an address in the URL, which is never looked up, behind a proxy',
    [CONNECT, 'if (isIP(host) !== 0 && !mayReach(host, reach)) throw outOfReach(host, reach);', ''],
    [TUNNEL_TEST, 'a proxy > is not asked the way to an address that is not public'],
  ],
  [
    'http without TLS',
    [WAYS, "if (origin.protocol !== 'https:') throw", 'if (false) throw'],
    [GUARD_TEST, 'a server of this machine hears nothing > and a plain http origin'],
  ],
  [
    'localhost that leads off this machine',
    [WAYS, "reach: 'loopback'", "reach: 'any'"],
    [GUARD_TEST, 'a server of this machine hears nothing > and the name of this machine'],
  ],
  [
    'another origin',
    [HTTP, 'if (url.origin !== origin) throw refused();', ''],
    [HTTP_TEST, 'an API request > goes to no other origin'],
  ],
  [
    'an export that is said to be elsewhere',
    [HTTP, "url.origin === origin && base.protocol === 'http:'", 'true'],
    [
      DOWNLOAD_TEST,
      'a download > for an account at http://127.0.0.1:4000 is refused from http://127.0.0.1:4001',
    ],
  ],
  [
    'a redirect',
    [HTTP, "if (answer.status >= 300 && answer.status < 400) throw redirected('WorkOS', answer.status);", ''],
    [HTTP_TEST, 'an API request > does not follow a 302'],
  ],
  [
    'an id that is encoded to leave its path',
    ['src/workos/operations.ts', '`${path}/${encodeURIComponent(id)}`', '`${path}/${id}`'],
    ['test/unit/workos/client.test.ts', 'a read > keeps the id "../connections"'],
  ],
  [
    'a server in between, with a certificate of its own',
    [CONNECT, 'rejectUnauthorized: true,', ''],
    ['test/unit/egress/connections.test.ts', 'connections > with a certificate of nobody known'],
  ],
  [
    'the same behind a proxy, with a certificate for another name',
    [CONNECT, 'rejectUnauthorized: true,', 'rejectUnauthorized: true, checkServerIdentity: () => undefined,'],
    [TUNNEL_TEST, 'through a proxy > a server with a certificate for another name'],
  ],
  [
    'a proxy that speaks for WorkOS before it was asked',
    ['src/egress/tunnel.ts', 'if (early.length > 0) throw oddProxy(name);', ''],
    [TUNNEL_TEST, 'through a proxy > words that come before'],
  ],
]);
