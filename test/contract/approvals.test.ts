import { describe, expect, it } from 'vitest';
import { createApprovals } from '../../src/access/approvals.ts';
import { openStateDir } from '../../src/access/state-dir.ts';
import { startAccount } from '../support/account.ts';
import { atTerminal } from '../support/at-terminal.ts';
import { runCli } from '../support/cli.ts';
import { callError, callOk, connectHttp, connectStdio } from '../support/clients.ts';
import { freshPath } from '../support/fresh-path.ts';
import { startServer } from '../support/server.ts';

const CREATE = 'create_workos_organization';
const input = { name: 'Approved', domains: ['approved.example.org'] };

async function world() {
  const account = await startAccount();
  const path = freshPath();
  const env = { ...account.env, WORKOS_MCP_HOME: path };
  const posts = () => account.requests.count(({ method }) => method === 'POST');
  return { env, posts, approvals: createApprovals(openStateDir(path)) };
}

const codeIn = (hint: string | undefined) =>
  /workos-mcp approve ([A-Z2-9]{4}-[A-Z2-9]{4})/u.exec(hint ?? '')?.[1] ?? '';

describe('an agent whose client can not ask', () => {
  it('goes on once the person has approved at a terminal, and only once', async () => {
    const { env, posts } = await world();
    const server = await startServer({ env, args: ['--approvals', 'always'] });
    const client = await connectHttp(server, { name: 'evil\u001b[2J' });
    const { code, hint } = await callError(client, CREATE, input);
    expect([code, posts()]).toEqual(['APPROVAL_REQUIRED', 0]);
    expect((await runCli(['approve'], { env })).stdout).toContain(`${codeIn(hint)}  ${CREATE}`);
    const shown = await atTerminal(['approve', codeIn(hint).toLowerCase()], env, 'y\r');
    expect(shown).toMatch(/Environment +Sample account \(sandbox\)/u);
    expect(shown).toContain('name: "Approved"');
    expect(shown).toContain('domains: ["approved.example.org"]');
    expect(shown).toContain('domain_state: "pending"');
    expect(shown).not.toContain('\u001b[2Jname');
    expect(shown).toContain('Approved. The agent can now');
    expect((await callError(client, CREATE, { ...input, domains: ['other.example.org'] })).code).toBe(
      'APPROVAL_REQUIRED',
    );
    expect(posts()).toBe(0);
    expect(await callOk(client, CREATE, input)).toMatchObject({ organization: { name: 'Approved' } });
    expect(posts()).toBe(1);
    const again = { name: 'Approved', domains: ['approved.example.org'] };
    expect((await callError(client, CREATE, again)).code).toBe('APPROVAL_REQUIRED');
    expect(posts()).toBe(1);
  });

  it.each([
    ['a no', 'n\r', 'DECLINED'],
    ['Ctrl+C', '\u0003', 'DECLINED'],
    ['just Enter', '\r', 'DECLINED'],
  ])('is told when the person answers by %s', async (_what, answer, ending) => {
    const { env, posts } = await world();
    const client = await connectStdio({ env, args: ['--approvals', 'always'] });
    const { hint } = await callError(client, CREATE, input);
    expect(await atTerminal(['approve', codeIn(hint)], env, answer)).toContain('Not approved.');
    expect((await callError(client, CREATE, input)).code).toBe(ending);
    expect(posts()).toBe(0);
  });

  it('can not answer by itself: without a terminal nothing is approved', async () => {
    const { env, approvals } = await world();
    const client = await connectStdio({ env, args: ['--approvals', 'always'] });
    const { hint } = await callError(client, CREATE, input);
    const { code, stderr } = await runCli(['approve', codeIn(hint)], { env, input: 'y\n' });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('needs a terminal') });
    expect(approvals.pending()).toHaveLength(1);
  });

  it.each(['never', 'after-untrusted'])(
    'goes on by itself under %s while it has read nothing',
    async (mode) => {
      const { env, posts } = await world();
      const client = await connectStdio({ env, args: ['--approvals', mode] });
      await callOk(client, CREATE, input);
      expect(posts()).toBe(1);
    },
  );
});

describe('an agent whose client can ask', () => {
  it.each([
    ['yes', { action: 'accept', content: { confirm: true } }, 1],
    ['no', { action: 'decline' }, 0],
  ] as const)(
    'the person sees environment and exact arguments, and says %s',
    async (_what, answer, created) => {
      const { env, posts } = await world();
      const questions: string[] = [];
      const ask = (question: string) => (questions.push(question), { ...answer });
      const client = await connectStdio({ env, args: ['--approvals', 'always'], answer: ask });
      const call = created === 1 ? callOk(client, CREATE, input) : callError(client, CREATE, input);
      expect(await call).toMatchObject(created === 1 ? { organization: {} } : { code: 'DECLINED' });
      expect(posts()).toBe(created);
      expect(questions.map((question) => question.split('\n'))).toEqual([
        [
          'Allow this change in the sandbox environment "Sample account"? contract-test asks for it.',
          '',
          `- ${CREATE}`,
          '- name: "Approved"',
          '- domains: ["approved.example.org"]',
          '- domain_state: "pending"',
        ],
      ]);
    },
  );
});

it.each(['WRNG-CODE', 'x', "'; rm -rf"])('the code %s is refused at once', async (code) => {
  const { env } = await world();
  expect(await runCli(['approve', code], { env })).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('no question waits under this code'),
  });
});
