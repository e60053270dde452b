import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newFolder } from '../support/audit-files.ts';
import { createAuthority } from '../support/certificates.ts';
import { startProxy } from '../support/connect-proxy.ts';
import { askDoctor } from '../support/doctor.ts';
import { startSecureUpstream } from '../support/secure-upstream.ts';

const KEY = 'sk_test_behind_proxy';
const authority = createAuthority();
const trusted = { NODE_EXTRA_CA_CERTS: join(newFolder(), 'authority.pem') };
writeFileSync(trusted.NODE_EXTRA_CA_CERTS, authority.cert);

/** What the doctor says of the real origin, behind a proxy that plays it. */
async function behind(proxy: { readonly url: string }, env: Record<string, string> = {}) {
  const url = proxy.url.replace('//', '//user:hunter2@');
  const found = await askDoctor({ WORKOS_API_KEY: KEY, HTTPS_PROXY: url, ...env });
  expect(found.output).not.toContain('hunter2');
  expect(found.output).not.toContain(KEY);
  return found;
}

describe('a proxy', () => {
  it('that leads to WorkOS is fine', async () => {
    const upstream = await startSecureUpstream(authority.issue(['api.workos.com']));
    const proxy = await startProxy({ to: upstream.port });
    const { code, of } = await behind(proxy, trusted);
    expect(of('proxy')).toMatchObject([
      { status: 'ok', found: expect.stringContaining('makes a way to api.workos.com') },
    ]);
    expect(of('key')).toMatchObject([{ status: 'ok', found: 'a staging key, accepted by WorkOS' }]);
    expect(of('network')).toMatchObject([{ status: 'ok', found: expect.stringContaining('1 extra') }]);
    expect(code).toBe(0);
    // The probe goes without the key.
    expect(
      Object.fromEntries(upstream.seen.map(({ url, headers }) => [url, headers.authorization !== undefined])),
    ).toEqual({
      '/': false,
      '/organizations?limit=1': true,
    });
  });

  it.each([
    [407, 'asks for a user name and password (HTTP 407)'],
    [403, 'refused the connection to api.workos.com:443 (HTTP 403)'],
  ])('that refuses with %i fails', async (status, words) => {
    const proxy = await startProxy({ refuse: () => status });
    const { code, of } = await behind(proxy);
    expect(of('proxy')).toMatchObject([
      { status: 'fail', found: expect.stringContaining(words), fix: expect.stringMatching(/\w/u) },
    ]);
    expect(of('network')).toMatchObject([{ status: 'fail' }]);
    expect(of('key')).toMatchObject([{ status: 'skip' }]);
    expect(code).toBe(1);
  });

  it('where nothing listens fails, and is named', async () => {
    const { of } = await behind({ url: 'http://127.0.0.1:9' });
    expect(of('proxy')).toMatchObject([{ status: 'fail', found: expect.stringContaining('127.0.0.1:9') }]);
    expect(of('network')).toMatchObject([{ found: expect.stringContaining('the proxy 127.0.0.1:9') }]);
  });

  it('that NO_PROXY takes out is not asked', async () => {
    const proxy = await startProxy({ refuse: () => 407 });
    const { of } = await behind(proxy, { NO_PROXY: 'workos.com' });
    expect(of('proxy')).toMatchObject([{ status: 'ok', found: expect.stringContaining('NO_PROXY names') }]);
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    ['with an address that is none', { HTTPS_PROXY: 'ftp://127.0.0.1' }, 'fail', 'must start with http'],
    [
      'in a variable that is not looked at',
      { HTTP_PROXY: 'http://127.0.0.1:9' },
      'warn',
      'HTTP_PROXY is set',
    ],
  ])('%s is told', async (_what, env, status, words) => {
    const { of } = await askDoctor(env);
    expect(of('proxy')).toMatchObject([{ status, found: expect.stringContaining(words) }]);
  });
});

describe('the network', () => {
  it('with a closed port fails, and the key is not blamed', async () => {
    const env = { WORKOS_API_KEY: KEY, WORKOS_API_BASE_URL: 'http://127.0.0.1:9' };
    const { code, of } = await askDoctor(env);
    const found = "127.0.0.1:9 can't be reached: nothing listens there";
    expect(of('network')).toMatchObject([{ status: 'fail', found }]);
    expect(of('key')).toMatchObject([{ status: 'skip' }]);
    expect(code).toBe(1);
  });

  it('with a certificate nobody vouches for fails, and so does one that is out of date', async () => {
    const upstream = await startSecureUpstream(authority.issue(['localhost']));
    const env = { WORKOS_API_BASE_URL: `https://localhost:${upstream.port}` };
    expect((await askDoctor(env)).of('network')).toMatchObject([
      {
        status: 'fail',
        found: expect.stringContaining('does not trust'),
        fix: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
      },
    ]);
    expect((await askDoctor({ ...env, ...trusted })).of('network')).toMatchObject([{ status: 'ok' }]);
    const old = await startSecureUpstream(authority.issue(['localhost'], { expired: true }));
    const late = await askDoctor({ ...trusted, WORKOS_API_BASE_URL: `https://localhost:${old.port}` });
    expect(late.of('network')).toMatchObject([
      { status: 'fail', found: expect.stringContaining('out of date') },
    ]);
  });

  it('that has another time tells the clock, and names authorities that are not there', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('date', new Date(Date.now() - 3_600_000).toUTCString());
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, of } = await askDoctor({ WORKOS_API_BASE_URL: url, NODE_EXTRA_CA_CERTS: '/nowhere.pem' });
    expect(of('network')).toMatchObject([
      { status: 'ok' },
      {
        status: 'warn',
        found: expect.stringMatching(/^the clock of this machine is 3(599|600|601|602) s off$/u),
      },
      { status: 'warn', found: expect.stringContaining('/nowhere.pem') },
    ]);
    expect(code).toBe(0);
  });
});
