import type { RequestListener } from 'node:http';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keepDecoys } from '../../src/access/decoys.ts';
import { openStateDir } from '../../src/access/state-dir.ts';
import { auditEventsIn, cliIn, newFolder } from '../support/audit-files.ts';
import { askDoctor } from '../support/doctor.ts';
import { startUpstream } from '../unit/egress/support.ts';

const KEY = 'sk_test_canary123456';

describe('the decoy key, set as the key', () => {
  it.each([[[]], [['--offline']]])('stops everything, and stays here: doctor %j', async (flags) => {
    const { url, seen } = await startUpstream((_request, response) => void response.end('{"data":[]}'));
    const home = newFolder();
    const { key } = keepDecoys(openStateDir(home));
    const env = { WORKOS_MCP_HOME: home, WORKOS_API_BASE_URL: url, WORKOS_API_KEY: key.text };
    const { code, of, output } = await askDoctor(env, ...flags);
    expect(code).toBe(1);
    expect(of('key')).toEqual([
      {
        name: 'key',
        status: 'fail',
        found: expect.stringMatching(
          /^everything was stopped: .*The decoy API key was seen in the API key that is set/u,
        ),
        fix: expect.stringContaining('workos-mcp resume'),
      },
    ]);
    expect(seen.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
    expect(output).not.toContain(key.core);
    expect(existsSync(join(home, 'stopped.json'))).toBe(true);
    expect(auditEventsIn(home).map(([command, name]) => [command, name])).toEqual([
      ['doctor', 'honeypot.sighted'],
      ['doctor', 'quarantine.begun'],
      ['doctor', 'kill.stopped'],
    ]);
    const { incidents } = JSON.parse((await cliIn(home, ['stats', '--json'])).stdout) as {
      incidents: object[];
    };
    expect(incidents).toContainEqual(expect.objectContaining({ kind: 'honeypot' }));
  });
});

it('an answer with the decoy token in it stops everything', async () => {
  const home = newFolder();
  const { token } = keepDecoys(openStateDir(home));
  const { url } = await startUpstream(
    (_request, response) => void response.end(`{"data":["${token.text}"]}`),
  );
  const { of } = await askDoctor({ WORKOS_MCP_HOME: home, WORKOS_API_BASE_URL: url, WORKOS_API_KEY: KEY });
  expect(of('key')).toMatchObject([
    { status: 'fail', found: expect.stringContaining('an answer of WorkOS') },
  ]);
});

it('where decoys are kept, any other key raises no alarm, and nothing is written', async () => {
  const home = newFolder();
  keepDecoys(openStateDir(home));
  const before = readdirSync(home);
  const { code, of } = await askDoctor({ WORKOS_MCP_HOME: home, WORKOS_API_KEY: KEY }, '--offline');
  expect(of('key')).toMatchObject([{ status: 'ok' }]);
  expect([code, readdirSync(home)]).toEqual([0, before]);
});

const says =
  (status: number, text: string): RequestListener =>
  (_request, response) =>
    void response.writeHead(status).end(text);
const page = '<html>Sign in to the network</html>';
const noApi = 'what answers is not the API of WorkOS';

describe('where WorkOS is to answer', () => {
  it.each<[string, RequestListener, string, string]>([
    ['HTTP 500', says(500, 'x'), 'warn', 'WorkOS answers HTTP 500'],
    ['HTTP 429', says(429, '{}'), 'warn', 'WorkOS answers HTTP 429'],
    ['a sign-in page', says(200, page), 'fail', noApi],
    ['a page that refuses', says(403, page), 'fail', noApi],
    ['a page that asks who it is', says(401, page), 'fail', noApi],
    ['other JSON', says(200, '{"ok":true}'), 'fail', noApi],
    ['another service', says(404, '{}'), 'fail', noApi],
    ['a redirect', says(302, ''), 'fail', 'answered with a redirect'],
    ['more than an answer may have', says(200, 'x'.repeat(17 * 2 ** 20)), 'fail', 'more than 16 MB'],
  ])('%s is told as what it is, once', async (_what, listener, status, words) => {
    const { url, seen } = await startUpstream(listener);
    const { of } = await askDoctor({ WORKOS_API_BASE_URL: url, WORKOS_API_KEY: KEY });
    expect(of('key')).toEqual([
      { name: 'key', status, found: expect.stringContaining(words), fix: expect.stringMatching(/\w/u) },
    ]);
    expect(seen.filter(({ headers }) => headers.authorization !== undefined)).toHaveLength(1);
  });

  it('something that does not speak HTTP is told as that', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('garbage\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { of } = await askDoctor({ WORKOS_API_BASE_URL: url, WORKOS_API_KEY: KEY });
    expect(of('key')).toMatchObject([{ status: 'skip' }]);
    expect(of('network')).toMatchObject([
      { status: 'fail', found: expect.stringContaining('no HTTP'), fix: expect.stringMatching(/\w/u) },
    ]);
  });
});
