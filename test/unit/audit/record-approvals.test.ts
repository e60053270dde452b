import { expect, it } from 'vitest';
import { type Change, createApprovals } from '../../../src/access/approvals.ts';
import { auditEvents } from '../../../src/audit/events.ts';
import { recordApprovals } from '../../../src/audit/record-approvals.ts';
import { newHome, recordsOf, trailIn } from './support.ts';

const CHANGE: Change = {
  environment: { id: 'env-1', name: 'Acme Staging', kind: 'staging' },
  tool: 'create_workos_organization',
  arguments: { name: 'Secret Plans Ltd' },
  session: 'session-1',
  client: 'Claude',
};

/** What is recorded of work on approvals, as `[name, details]`. */
async function recorded(work: (approvals: ReturnType<typeof createApprovals>) => Promise<void>) {
  const dir = newHome();
  const trail = await trailIn(dir);
  await work(recordApprovals(createApprovals(dir), auditEvents(trail), 'vscode'));
  await trail.close();
  const events = recordsOf(dir).filter(({ kind }) => kind === 'event');
  expect(JSON.stringify(events)).not.toMatch(/Secret Plans|Acme Staging/u);
  return events.map(({ body }) => [body['name'], body['details']]);
}

const codeOf = async (approvals: ReturnType<typeof createApprovals>, change = CHANGE) => {
  const asked = await approvals.ask(change);
  return typeof asked === 'object' ? asked.code : asked;
};

it('a question and its answer are recorded once each, without the arguments', async () => {
  let code = '';
  const events = await recorded(async (approvals) => {
    code = await codeOf(approvals);
    await codeOf(approvals);
    await approvals.approve(code);
    await approvals.approve(code);
    expect(await approvals.take(CHANGE)).toEqual({ code, by: 'vscode' });
  });
  const about = { tool: CHANGE.tool, client: 'Claude', code };
  expect(events).toEqual([
    [
      'approval.asked',
      {
        ...about,
        environment: { id: 'env-1', kind: 'staging' },
        by: { kind: 'agent', surface: 'vscode' },
      },
    ],
    [
      'approval.given',
      { ...about, environment: { kind: 'staging' }, by: { kind: 'person', surface: 'vscode' } },
    ],
  ]);
});

it('a no is recorded, an answer that came too late is not', async () => {
  const events = await recorded(async (approvals) => {
    await approvals.deny(await codeOf(approvals));
    await approvals.approve('ABCD-2345');
  });
  expect(events.map(([name]) => name)).toEqual(['approval.asked', 'approval.denied']);
});
