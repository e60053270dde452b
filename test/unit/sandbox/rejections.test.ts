import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { slidingWindow } from '../../../src/sandbox/rate-limit.ts';
import { type Client, startClient } from './support.ts';

let client: Client;

beforeAll(async () => {
  client = await startClient();
});
afterAll(() => client.sandbox.close());

describe('the key', () => {
  it('is a test key', () => {
    expect(client.sandbox.apiKey).toMatch(/^sk_test_[0-9a-f]{32}$/);
    expect(client.sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it.each([
    ['none', undefined],
    ['a wrong one', 'Bearer sk_test_00000000000000000000000000000000'],
    ['another scheme', 'Basic abc'],
  ])('%s is refused', async (_name, authorization) => {
    const headers = authorization === undefined ? {} : { authorization };
    for (const path of ['/organizations', '/organizations/org_1', '/events', '/nowhere']) {
      const { status, body, headers: answered } = await client.send(path, { headers });
      expect(status).toBe(401);
      expect(body).toEqual({ message: 'Unauthorized' });
      expect(answered.get('x-request-id')).toMatch(/^req_/);
    }
  });
});

describe('unknown things', () => {
  it.each([
    '/nowhere',
    '/organizations/org_01HXYZ',
    '/organizations/org_01HXYZ/audit_log_configuration',
    '/connections/conn_01HXYZ',
    '/directories/directory_01HXYZ',
    '/directory_users?directory=directory_01HXYZ',
    '/directory_users?group=directory_group_01HXYZ',
    '/directory_groups?directory=directory_01HXYZ',
    '/directory_groups?user=directory_user_01HXYZ',
    '/audit_logs/exports/audit_log_export_01HXYZ',
    '/organizations/%E0%A4%A',
    '//',
    '/organizations/',
    '/organizations/../connections/conn_01HXYZ',
  ])('%s is not found', async (path) => {
    const { status, body } = await client.get(path);
    expect(status).toBe(404);
    expect(typeof body.message).toBe('string');
  });

  it.each([
    ['DELETE', '/organizations', 'GET, POST'],
    ['PUT', '/organizations/org_1', 'GET'],
    ['POST', '/connections', 'GET'],
    ['GET', '/audit_logs/exports', 'POST'],
  ])('%s %s is not allowed', async (method, path, allow) => {
    const headers = { authorization: `Bearer ${client.sandbox.apiKey}` };
    const answer = await client.send(path, { method, headers });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allow);
    expect(answer.body).toEqual({ message: `Cannot ${method} ${path}` });
  });
});

describe('list parameters', () => {
  it.each([
    ['/organizations?limit=0', 'limit'],
    ['/organizations?limit=101', 'limit'],
    ['/organizations?limit=ten', 'limit'],
    ['/organizations?limit=-1', 'limit'],
    ['/connections?order=up', 'order'],
    ['/directories?after=directory_01HXYZ', 'after'],
    ['/directories?before=directory_01HXYZ', 'before'],
    ['/organizations?after=a&before=b', 'before'],
    ['/connections?connection_type=Telepathy', 'connection_type'],
    ['/directory_users', 'directory'],
    ['/directory_groups', 'directory'],
    ['/events', 'events'],
    ['/events?events=session.created&limit=101', 'limit'],
    ['/events?events=session.created&after=event_01HXYZ', 'after'],
  ])('%s is refused for %s', async (path, field) => {
    const { status, body } = await client.get(path);
    expect(status).toBe(422);
    expect(typeof body.message).toBe('string');
    expect(body.errors.map((error: { field: string }) => error.field)).toContain(field);
    for (const error of body.errors) expect(error.code).toMatch(/^[a-z_]+$/);
  });
});

describe('the rate limit of directory users', () => {
  it('answers a plain JSON string', async () => {
    const { id } = client.directory('Acme Okta Directory');
    const asked = Array.from({ length: 40 }, () => client.get(`/directory_users?directory=${id}&limit=1`));
    const answers = await Promise.all(asked);
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(4);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.text).toBe('"Ratelimited"');
    const other = client.directory('Stark Workday');
    expect((await client.get(`/directory_users?directory=${other.id}`)).status).toBe(200);
  });

  it('admits four in any one second per directory', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const limit = slidingWindow(4);
      const admitted = (key: string) =>
        Array.from({ length: 6 }, () => limit.admit(key)).filter(Boolean).length;
      expect(admitted('one')).toBe(4);
      expect(admitted('two')).toBe(4);
      vi.advanceTimersByTime(999);
      expect(admitted('one')).toBe(0);
      vi.advanceTimersByTime(1);
      expect(admitted('one')).toBe(4);
    } finally {
      vi.useRealTimers();
    }
  });
});
