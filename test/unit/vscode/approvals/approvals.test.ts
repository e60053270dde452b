import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Approval, type Approvals, createApprovals } from '../../../../src/access/approvals.ts';
import { openStateDir } from '../../../../src/access/state-dir.ts';
import { ApprovalDesk } from '../../../../src/vscode/approvals/approval-desk.ts';
import { approvalDetail } from '../../../../src/vscode/approvals/approval-text.ts';
import { english } from '../english.ts';

let dir: string;
let agent: Approvals;
let desk: ApprovalDesk;
let focused: boolean;
let told: (readonly Approval[])[];
let failures: unknown[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'approvals-'));
  agent = createApprovals(openStateDir(dir));
  focused = true;
  told = [];
  failures = [];
  desk = new ApprovalDesk({
    approvals: createApprovals(openStateDir(dir)),
    focused: () => focused,
    tell: (asked) => void told.push(asked),
    failed: (thrown) => void failures.push(thrown),
  });
});
afterEach(() => {
  desk.dispose();
  rmSync(dir, { recursive: true, force: true });
});

const ask = (input: Record<string, unknown>) =>
  agent.ask({
    environment: { id: 'e', name: 'Live\u202E', kind: 'production' },
    tool: 'create_workos_organization',
    arguments: input,
    session: 's',
    client: 'Agent\u0007',
  });

it('tells of a question of another process, once', async () => {
  await ask({ name: 'Initech' });
  await expect.poll(() => told.length).toBe(1);
  await ask({ name: 'Hooli' });
  await expect.poll(() => told.length).toBe(2);
  desk.look();
  expect(told.map((asked) => asked.map(({ arguments: input }) => input['name']))).toEqual([
    ['Initech'],
    ['Hooli'],
  ]);
});

it('waits for the focus, and tells nothing that was answered meanwhile', async () => {
  focused = false;
  const first = await ask({ name: 'Initech' });
  await ask({ name: 'Hooli' });
  desk.look();
  expect(told).toEqual([]);
  if (typeof first === 'object') await agent.deny(first.code);
  focused = true;
  desk.look();
  expect(told.flat().map(({ arguments: input }) => input['name'])).toEqual(['Hooli']);
});

it('says when the questions can’t be read', () => {
  rmSync(dir, { recursive: true });
  const broken = new ApprovalDesk({
    approvals: {
      pending: () => {
        throw new Error('unreadable');
      },
      onChange: () => () => undefined,
    },
    focused: () => true,
    tell: (asked) => void told.push(asked),
    failed: (thrown) => void failures.push(thrown),
  });
  broken.look();
  expect(failures).toEqual([new Error('unreadable')]);
  expect(told).toEqual([]);
});

it('shows environment, client and the exact arguments, with nothing hidden in them', async () => {
  await ask({ name: 'Ini\u200Btech', domains: ['initech.example'] });
  const [approval] = agent.pending();
  const lines = approvalDetail(english, approval!).split('\n');
  expect(lines.slice(0, 7)).toEqual([
    'Environment: Live (production)',
    'Tool: create_workos_organization',
    'Client: Agent',
    '',
    'Arguments:',
    'name: "Ini\\u{200b}tech"',
    'domains: ["initech.example"]',
  ]);
});
