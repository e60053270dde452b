import { beforeAll, describe, expect, it } from 'vitest';
import { startAccount, type TestAccount } from '../support/account.ts';
import { callOk, callTool, type ClientOptions, connectHttp, connectStdio } from '../support/clients.ts';
import { startServer, type TestServer } from '../support/server.ts';

let account: TestAccount;
let server: TestServer;
beforeAll(async () => {
  account = await startAccount();
  server = await startServer({ env: account.env });
});

const named = (name: string) => account.account.organizations.filter((one) => one.name === name).length;

describe.each([
  ['HTTP', async (options: ClientOptions) => connectHttp(server, options)],
  [
    'HTTP with GET refused',
    async (options: ClientOptions) => connectHttp(server, { ...options, refuseGet: true }),
  ],
  ['stdio', async (options: ClientOptions) => connectStdio({ ...options, env: account.env })],
])('over %s', (kind, connect) => {
  const domain = (name: string) => `${name}-${kind.toLowerCase().replaceAll(' ', '-')}.example.org`;

  it('progress arrives before the answer, in growing numbers', async () => {
    const client = await connect({});
    const { items } = await callOk(client, 'list_directories', { organization: 'Acme Corp' });
    const seen: { progress: number; total?: number | undefined }[] = [];
    const called = await callTool(
      client,
      'list_directory_groups',
      { directory_id: items[0]?.id ?? '', member_counts: true },
      { onprogress: (progress) => seen.push(progress) },
    );
    expect(called).toMatchObject({ ok: true, value: { complete: true } });
    expect(seen.length).toBeGreaterThan(1);
    const numbers = seen.map(({ progress }) => progress);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(seen.filter(({ progress, total }) => total !== undefined && progress > total)).toEqual([]);
  });

  it.each([
    { says: 'yes', answer: { action: 'accept' as const, content: { confirm: true } }, created: 1 },
    { says: 'no', answer: { action: 'accept' as const, content: { confirm: false } }, created: 0 },
    { says: 'nothing', answer: { action: 'decline' as const }, created: 0 },
  ])('the person is asked and says $says', async ({ says, answer, created }) => {
    const before = named('Stark Industries');
    const questions: string[] = [];
    const client = await connect({
      answer: (question) => {
        questions.push(question);
        return answer;
      },
    });
    const called = await callTool(client, 'create_workos_organization', {
      name: 'Stark Industries',
      domains: [domain(`says-${says}`)],
    });
    expect(questions).toEqual([expect.stringContaining('"Stark Industries"')]);
    expect(called.ok).toBe(created === 1);
    expect(JSON.stringify(called)).toContain(created === 1 ? domain('says-yes') : 'DECLINED');
    expect(named('Stark Industries') - before).toBe(created);
  });

  it('a client that can not ask gets an error that says what to do', async () => {
    const before = named('Stark Industries');
    const called = await callTool(await connect({}), 'create_workos_organization', {
      name: 'Stark Industries',
      domains: [domain('not-asked')],
    });
    expect(called).toMatchObject({ ok: false, error: { code: 'CONFLICT', hint: expect.any(String) } });
    expect(named('Stark Industries')).toBe(before);
  });
});
