import { threat } from './line.ts';

const GUARD = 'src/mcp/http-guard.ts';
const TEST = 'test/contract/http-guard.test.ts';
const HOSTS = "![`127.0.0.1:${port}`, `localhost:${port}`].includes(hosts[0] ?? '')";

export const dnsRebinding = threat('a web page reaches the endpoint', [
  ['a name that now resolves to this machine', [GUARD, HOSTS, 'false'], [TEST, 'Host > evil.com is refused']],
  [
    'a name with a dot at its end',
    [GUARD, ".includes(hosts[0] ?? '')", ".includes((hosts[0] ?? '').replace('.:', ':'))"],
    [TEST, 'Host > localhost.:PORT is refused'],
  ],
  [
    'an Origin of another site',
    [GUARD, 'request.headers.origin !== undefined', "request.headers.origin === 'null'"],
    [TEST, 'Origin > https://evil.com is refused'],
  ],
  [
    'Origin null, as of a sandboxed frame',
    [GUARD, 'request.headers.origin !== undefined', "(request.headers.origin ?? 'null') !== 'null'"],
    [TEST, 'Origin > null is refused'],
  ],
  [
    'a preflight',
    [
      GUARD,
      'request.headers.origin !== undefined',
      "request.headers.origin !== undefined && request.method !== 'OPTIONS'",
    ],
    [TEST, 'Origin > makes a preflight fail'],
  ],
  [
    'a wrong token',
    [GUARD, 'if (own && inPath === undefined) return {};', "if (inHeader !== '') return {};"],
    [TEST, 'token > a wrong one is refused'],
  ],
  [
    'a part of the token',
    [
      GUARD,
      'return timingSafeEqual(sha256(sent), sha256(token));',
      "return sent !== '' && token.startsWith(sent);",
    ],
    [TEST, 'token > a part of it is refused'],
  ],
  [
    'no token',
    [
      GUARD,
      'if (own && inPath === undefined) return {};',
      "if (inPath === undefined && (own || inHeader === '')) return {};",
    ],
    [TEST, 'token > none is refused'],
  ],
  [
    'another machine, or another address of this one',
    ['src/mcp/http.ts', "'127.0.0.1'", "'0.0.0.0'"],
    [TEST, 'listens on 127.0.0.1 only'],
  ],
]);
