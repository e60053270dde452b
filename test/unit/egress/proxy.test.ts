import { describe, expect, it } from 'vitest';
import { isExempt, parseProxy } from '../../../src/egress/proxy.ts';
import { networkAssurance, proxyFromEnvironment } from '../../../src/shared/network.ts';

describe('a proxy URL', () => {
  it.each([
    ['http://proxy.corp:8080', { host: 'proxy.corp', port: 8080, secure: false, name: 'proxy.corp:8080' }],
    ['proxy.corp:3128', { host: 'proxy.corp', port: 3128, secure: false }],
    ['http://proxy.corp', { port: 80 }],
    ['https://proxy.corp/', { port: 443, secure: true }],
    ['http://[fd00::1]:8080', { host: 'fd00::1', name: '[fd00::1]:8080' }],
    ['http://user:p%40ss@proxy.corp:8080', { authorization: 'Basic dXNlcjpwQHNz', name: 'proxy.corp:8080' }],
    ['http://proxy.corp:8080', { authorization: undefined }],
  ])('%s is understood', (text, proxy) => {
    expect(parseProxy(text)).toMatchObject(proxy);
  });

  it.each([
    ['socks5://proxy.corp:1080', 'must start with http:// or https://'],
    ['http://', 'is not a URL'],
    ['http://a b', 'is not a URL'],
    ['http://proxy.corp:99999', 'is not a URL'],
    ['http://user:50%@proxy.corp', 'has a user name or password with a stray %'],
  ])('%s is refused in words', (text, fault) => {
    expect(parseProxy(text)).toEqual({ fault });
  });
});

describe('the exceptions of a proxy', () => {
  const exempt = (noProxy: string, origin = 'https://api.workos.com') =>
    isExempt(new URL(origin), { noProxy: noProxy.split(',') });

  it.each([
    'api.workos.com',
    'API.WorkOS.com',
    'workos.com',
    '.workos.com',
    '*.workos.com',
    '*',
    ' workos.com ',
    'workos.com:443',
    'other.example,workos.com',
  ])('cover the API by %s', (entry) => expect(exempt(entry)).toBe(true));

  it.each([
    '',
    '.',
    'example.com',
    'kos.com',
    'api',
    'workos.com:8443',
    'api.workos.com.evil.example',
    'com.',
  ])('do not cover it by %j', (entry) => expect(exempt(entry)).toBe(false));

  it('know the port', () => {
    expect(exempt('workos.com:8443', 'https://api.workos.com:8443')).toBe(true);
  });
});

it('the environment names them; lower case wins, empty is none', () => {
  expect(
    proxyFromEnvironment({ HTTPS_PROXY: 'http://a', https_proxy: 'http://b', NO_PROXY: 'x, y z' }),
  ).toEqual({
    proxy: 'http://b',
    noProxy: ['x', 'y', 'z'],
  });
  expect(proxyFromEnvironment({ HTTPS_PROXY: ' http://a ', https_proxy: '' })).toEqual({
    proxy: 'http://a',
    noProxy: [],
  });
  expect(proxyFromEnvironment({ HTTPS_PROXY: ' ' })).toEqual({ proxy: undefined, noProxy: [] });
});

it.each([
  [{ through: 'editor', proxy: 'http://p' } as const, /addresses are not/u],
  [{ proxy: 'http://p' }, /up to the proxy/u],
  [{}, /origin, address and certificate are checked/u],
])('what is checked with %j is said as it is', (network, said) => {
  expect(networkAssurance(network)).toMatch(said);
});
