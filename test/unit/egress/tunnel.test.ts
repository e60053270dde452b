import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/egress/http.ts';
import { createLimits } from '../../../src/egress/limits.ts';
import type { Network } from '../../../src/shared/network.ts';
import { createAuthority } from '../../support/certificates.ts';
import { type ProxyOptions, startProxy } from '../../support/connect-proxy.ts';
import { startSecureUpstream } from '../../support/secure-upstream.ts';
import { machineWith } from './machine.ts';
import { deadOrigin, postTo, requestTo, SILENT } from './support.ts';

const API = 'https://api.workos.com';
const KEY = 'sk_test_tunnelled';
const authority = createAuthority();
const identity = authority.issue(['api.workos.com', 'exports.audit-logs.com']);
const never = () => new AbortController().signal;

function httpBy(network: Network, baseUrl = API) {
  const machine = machineWith({ authority: authority.cert });
  const http = createHttp(
    { baseUrl, apiKey: KEY, logger: SILENT, network },
    { machine, limits: createLimits() },
  );
  return { http, machine };
}

const list = (network: Network) => httpBy(network).http.api(requestTo(`${API}/organizations`));
const failure = (network: Network) => list(network).then(String, (error: unknown) => error);
/** What a proxy that behaves so makes of a request. */
async function through(options: Omit<ProxyOptions, 'to'>) {
  const upstream = await startSecureUpstream(identity);
  const proxy = await startProxy({ ...options, to: upstream.port });
  return { upstream, proxy };
}

describe('a proxy', () => {
  it('on a private address leads to the API; the name is looked up there, and the key goes only to the API', async () => {
    const { upstream, proxy } = await through({});
    const { http, machine } = httpBy({ proxy: proxy.url });
    expect(await http.api(requestTo(`${API}/organizations`))).toMatchObject({ status: 200 });
    expect(proxy.asked.map(({ url, method }) => [method, url])).toEqual([['CONNECT', 'api.workos.com:443']]);
    expect(JSON.stringify(proxy.asked[0]!.rawHeaders)).not.toContain(KEY);
    expect(upstream.seen[0]!.headers).toMatchObject({
      host: 'api.workos.com',
      authorization: `Bearer ${KEY}`,
    });
    expect(upstream.seen[0]!.headers).not.toHaveProperty('proxy-authorization');
    expect(machine.looked).not.toContain('api.workos.com');
  });

  it('leads to the export host without the key', async () => {
    const { upstream, proxy } = await through({});
    const { http } = httpBy({ proxy: proxy.url });
    const file = await http.download('https://exports.audit-logs.com/a.csv?Signature=s', never());
    expect(await new Response(file).text()).toContain('list');
    expect(proxy.asked[0]!.url).toBe('exports.audit-logs.com:443');
    expect(upstream.seen[0]).toMatchObject({ url: '/a.csv?Signature=s' });
    expect(JSON.stringify(upstream.seen[0]!.rawHeaders)).not.toContain(KEY);
  });

  it('gets its user name and password, and WorkOS does not', async () => {
    const { upstream, proxy } = await through({});
    const url = proxy.url.replace('//', '//user:p%40ss@');
    expect(await list({ proxy: url })).toMatchObject({ status: 200 });
    expect(proxy.asked[0]!.headers['proxy-authorization']).toBe('Basic dXNlcjpwQHNz');
    expect(JSON.stringify(upstream.seen[0]!.rawHeaders)).not.toContain('dXNlcjpwQHNz');
  });

  it('may be reached by TLS itself', async () => {
    const { proxy } = await through({ identity: authority.issue(['localhost']) });
    expect(await list({ proxy: `https://localhost:${proxy.port}` })).toMatchObject({ status: 200 });
    expect(proxy.asked).toHaveLength(1);
  });

  it('that is reached by TLS is checked like anybody else', async () => {
    const { proxy } = await through({ identity: authority.issue(['elsewhere.example']) });
    expect(await failure({ proxy: `https://localhost:${proxy.port}` })).toMatchObject({
      code: 'NETWORK',
      message: expect.stringMatching(/the proxy localhost:\d+ was made out to another name/u) as string,
    });
    expect(proxy.asked).toEqual([]);
  });

  it('is left out where the exceptions name the API', async () => {
    const { proxy } = await through({});
    const machine = machineWith({ resolve: () => [{ address: '127.0.0.1', family: 4 }] });
    const network = { proxy: proxy.url, noProxy: ['.workos.com'] };
    const http = createHttp({ baseUrl: API, apiKey: KEY, logger: SILENT, network }, { machine });
    await expect(http.api(requestTo(`${API}/a`))).rejects.toMatchObject({
      message: expect.stringContaining('not one of the public internet') as string,
    });
    expect(machine.looked).toEqual(['api.workos.com']);
    expect(proxy.asked).toEqual([]);
  });

  it('is not asked the way to this machine', async () => {
    const { upstream, proxy } = await through({});
    const { http } = httpBy({ proxy: proxy.url }, `https://localhost:${upstream.port}`);
    await expect(http.api(requestTo(`https://localhost:${upstream.port}/a`))).rejects.toMatchObject({
      message: expect.stringContaining('another name') as string,
    });
    expect(proxy.asked).toEqual([]);
  });

  it('is not asked the way to an address that is not public', async () => {
    const { proxy } = await through({});
    const origin = 'https://169.254.169.254';
    const { http } = httpBy({ proxy: proxy.url }, origin);
    await expect(http.api(requestTo(`${origin}/latest`))).rejects.toMatchObject({ code: 'NETWORK' });
    expect(proxy.asked).toEqual([]);
  });
});

describe('through a proxy', () => {
  it('a server with a certificate for another name gets no request', async () => {
    const upstream = await startSecureUpstream(authority.issue(['api.workos.com.evil.example']));
    const proxy = await startProxy({ to: upstream.port });
    expect(await failure({ proxy: proxy.url })).toMatchObject({
      code: 'NETWORK',
      message: 'The certificate of api.workos.com was made out to another name.',
    });
    expect(upstream.connections()).toBe(1);
    expect(upstream.seen).toEqual([]);
  });

  it('a server of an unknown authority gets no request', async () => {
    const upstream = await startSecureUpstream(createAuthority().issue(['api.workos.com']));
    const proxy = await startProxy({ to: upstream.port });
    expect(await failure({ proxy: proxy.url })).toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining('an authority that this machine does not trust') as string,
      hint: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
    });
    expect(upstream.seen).toEqual([]);
  });

  it('words that come before anybody spoke are not taken for those of the API', async () => {
    const { upstream, proxy } = await through({ early: 'HTTP/1.1 200 OK\r\n\r\n' });
    expect(await failure({ proxy: proxy.url })).toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining('did not answer as an HTTP proxy does') as string,
    });
    expect(upstream.seen).toEqual([]);
  });
});

describe('a proxy that makes no way', () => {
  const secret = (url: string) => url.replace('//', '//user:hunter2@');

  it.each([
    [407, /asks for a user name and password \(HTTP 407\)/u],
    [403, /refused the connection to api\.workos\.com:443 \(HTTP 403\)/u],
    [302, /refused the connection to api\.workos\.com:443 \(HTTP 302\)/u],
  ])('with %i is named at once, without its password', async (status, message) => {
    const proxy = await startProxy({ refuse: () => status });
    const error = await failure({ proxy: secret(proxy.url) });
    expect(error).toMatchObject({ code: 'NETWORK', message: expect.stringMatching(message) as string });
    expect(JSON.stringify(error)).toContain(`127.0.0.1:${proxy.port}`);
    expect(JSON.stringify(error)).not.toContain('hunter2');
    expect(proxy.asked).toHaveLength(1);
  });

  it('for a moment only is asked again', async () => {
    const upstream = await startSecureUpstream(identity);
    const answers = [502, 503];
    const proxy = await startProxy({ to: upstream.port, refuse: () => answers.shift() });
    expect(await list({ proxy: proxy.url })).toMatchObject({ status: 200 });
    expect(proxy.asked).toHaveLength(3);
  });

  it('leaves no doubt about a write: it had no effect', async () => {
    const proxy = await startProxy({ refuse: () => 502 });
    const { http } = httpBy({ proxy: proxy.url });
    await expect(http.api(postTo(`${API}/organizations`))).rejects.toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining('HTTP 502') as string,
    });
    expect(proxy.asked).toHaveLength(1);
  });

  it('because it is down is named', async () => {
    const { host } = new URL(await deadOrigin());
    const { http } = httpBy({ proxy: `http://${host}` });
    await expect(http.api(postTo(`${API}/organizations`))).rejects.toMatchObject({
      code: 'NETWORK',
      message: `No connection could be made to the proxy ${host}.`,
    });
  });

  it('because its URL is none is told in words', async () => {
    expect(await failure({ proxy: 'socks5://user:hunter2@proxy:1080' })).toMatchObject({
      code: 'NETWORK',
      message: 'The address of the proxy must start with http:// or https://.',
    });
  });
});
