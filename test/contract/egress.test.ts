import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAccount } from '../support/account.ts';
import { NODE_22 } from '../support/bundle.ts';
import { createAuthority } from '../support/certificates.ts';
import { type CliOptions, runCli } from '../support/cli.ts';
import { startProxy } from '../support/connect-proxy.ts';
import { startSecureUpstream } from '../support/secure-upstream.ts';

const KEY = 'sk_test_behind_proxy';
const authority = createAuthority();
const identity = authority.issue(['api.workos.com']);
let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'workos-mcp-ca-'));
  file = join(folder, 'authority.pem');
  writeFileSync(file, authority.cert);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** One call of the built CLI against the real origin. */
async function call(
  env: Record<string, string>,
  { flags = [], ...options }: CliOptions & { flags?: readonly string[] } = {},
) {
  const { code, stdout, stderr } = await runCli(['call', 'list_workos_organizations', '{}', ...flags], {
    ...options,
    env: { WORKOS_API_KEY: KEY, ...env },
  });
  expect(`${stdout}${stderr}`).not.toContain(KEY);
  expect(`${stdout}${stderr}`).not.toContain('hunter2');
  return {
    code,
    stderr,
    answer: stdout === '' ? undefined : (JSON.parse(stdout) as Record<string, unknown>),
  };
}

async function startNetwork() {
  const upstream = await startSecureUpstream(identity);
  const proxy = await startProxy({ to: upstream.port });
  return { upstream, proxy };
}

describe('behind a proxy that inspects TLS', () => {
  it.each([
    ['HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS', process.execPath],
    ['https_proxy', 'SSL_CERT_FILE', process.execPath],
    ['HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS', NODE_22],
    ['HTTPS_PROXY', 'SSL_CERT_FILE', NODE_22],
  ])('%s and %s lead to WorkOS (%s)', async (variable, authorities, node) => {
    const { upstream, proxy } = await startNetwork();
    const url = proxy.url.replace('//', '//user:hunter2@');
    const { code, answer } = await call({ [variable]: url, [authorities]: file }, { node });
    expect(answer).toMatchObject({ items: [] });
    expect(code).toBe(0);
    expect(proxy.asked.map(({ url: target }) => target)).toEqual(['api.workos.com:443']);
    expect(proxy.asked[0]!.headers['proxy-authorization']).toMatch(/^Basic /u);
    expect(upstream.seen[0]!.headers).toMatchObject({ authorization: `Bearer ${KEY}` });
  });

  it('its authority has to be known, whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
    const { upstream, proxy } = await startNetwork();
    const { code, answer } = await call({ HTTPS_PROXY: proxy.url, NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(answer).toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining('does not trust'),
      hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
    expect(code).toBe(1);
    expect(upstream.seen).toEqual([]);
  });

  it('NO_PROXY leaves the proxy out', async () => {
    const { upstream, proxy } = await startNetwork();
    const nowhere = { WORKOS_API_BASE_URL: 'https://api.invalid', HTTPS_PROXY: proxy.url };
    expect((await call(nowhere, { flags: ['--timeout', '2'] })).code).toBe(1);
    expect(proxy.asked).toHaveLength(1);
    expect((await call({ ...nowhere, NO_PROXY: '.invalid' }, { flags: ['--timeout', '2'] })).code).toBe(1);
    expect(proxy.asked).toHaveLength(1);
    expect(upstream.seen).toEqual([]);
  });

  it('a proxy that wants to know who is there is named', async () => {
    const proxy = await startProxy({ refuse: () => 407 });
    const { code, answer } = await call({ HTTPS_PROXY: proxy.url.replace('//', '//user:hunter2@') });
    expect(answer).toMatchObject({
      code: 'NETWORK',
      message: `The proxy 127.0.0.1:${proxy.port} asks for a user name and password (HTTP 407).`,
    });
    expect(code).toBe(1);
  });

  it.each(['socks5://user:hunter2@proxy:1080', 'http://'])('%s is refused at the start', async (proxy) => {
    const { code, stderr, answer } = await call({ HTTPS_PROXY: proxy });
    expect(stderr).toMatch(/^workos-mcp: HTTPS_PROXY (?:must start with|is not a URL)/u);
    expect([code, answer]).toEqual([2, undefined]);
  });

  it('the sample account and other servers of this machine are reached without it', async () => {
    const account = await startAccount();
    const { proxy } = await startNetwork();
    expect((await call({ ...account.env, HTTPS_PROXY: proxy.url })).code).toBe(0);
    expect(proxy.asked).toEqual([]);
  });
});

it('functions of Node that an editor has replaced are not used', async () => {
  const account = await startAccount();
  const preload = join(import.meta.dirname, '../support/replaced-modules.cjs');
  const { code, answer } = await call(account.env, { nodeFlags: ['--require', preload] });
  expect(answer).toMatchObject({ items: expect.any(Array) });
  expect(code).toBe(0);
});

it('the tunnel does not use them either', async () => {
  const { proxy } = await startNetwork();
  const preload = join(import.meta.dirname, '../support/replaced-modules.cjs');
  const env = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: file };
  const { answer } = await call(env, { nodeFlags: ['--require', preload] });
  expect(answer).toMatchObject({ items: [] });
});
