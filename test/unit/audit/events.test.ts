import { describe, expect, it } from 'vitest';
import { type Actor, auditEvents } from '../../../src/audit/events.ts';
import { auditOf, INTACT, newHome, recordsOf, trailIn, verdictOn } from './support.ts';

const PERSON: Actor = { kind: 'person', surface: 'terminal' };
const SYSTEM: Actor = { kind: 'system', surface: 'serve' };

async function recorded(tell: (events: ReturnType<typeof auditEvents>) => Promise<void>) {
  const dir = newHome();
  const trail = await trailIn(dir);
  await tell(auditEvents(trail));
  await trail.close();
  expect(verdictOn(auditOf(dir))).toEqual(INTACT);
  return recordsOf(dir)
    .filter(({ kind }) => kind === 'event')
    .map(({ body }) => body);
}

describe('events', () => {
  it('say who stopped and resumed', async () => {
    const bodies = await recorded(async (events) => {
      await events.killed(PERSON);
      await events.resumed({ kind: 'person', surface: 'vscode' });
    });
    expect(bodies).toEqual([
      { name: 'kill.stopped', details: { by: { kind: 'person', surface: 'terminal' } } },
      { name: 'kill.resumed', details: { by: { kind: 'person', surface: 'vscode' } } },
    ]);
  });

  it('name a token and its scope on one line each', async () => {
    const token = { id: 'tok_1', name: 'Build\nbot', scope: { tools: ['list_directories'], readOnly: true } };
    const [issued, expired] = await recorded(async (events) => {
      await events.token('issued', token, PERSON);
      await events.token('expired', { id: 'tok_1', name: 'Build bot' }, SYSTEM);
    });
    expect(issued).toEqual({
      name: 'token.issued',
      details: {
        by: { kind: 'person', surface: 'terminal' },
        token: { id: 'tok_1', name: 'Build bot', scope: { tools: ['list_directories'], read_only: true } },
      },
    });
    expect(expired).toMatchObject({ name: 'token.expired', details: { token: { id: 'tok_1' } } });
  });

  it('tie the question for an approval to its answer by the code', async () => {
    const about = {
      tool: 'create_workos_organization',
      environment: { id: 'env', kind: 'sandbox' },
      client: 'Claude',
      code: 'ABCD-2345',
    };
    const bodies = await recorded(async (events) => {
      await events.approval('asked', { ...about, by: { kind: 'agent', surface: 'mcp' } });
      await events.approval('given', { ...about, by: PERSON });
    });
    expect(bodies).toEqual([
      { name: 'approval.asked', details: { ...about, by: { kind: 'agent', surface: 'mcp' } } },
      { name: 'approval.given', details: { ...about, by: { kind: 'person', surface: 'terminal' } } },
    ]);
  });

  it('tell what was refused, seen, or mended', async () => {
    const lines = Array.from({ length: 60 }, (_, line) => `change ${line}`);
    const bodies = await recorded(async (events) => {
      await events.policy({ from: 'a'.repeat(64), to: 'b'.repeat(64) });
      await events.lockRefused(lines);
      await events.honeypot({ decoy: 'key', where: 'arguments of list_directories' });
      await events.quarantined();
      await events.refused('revoked', 3);
      await events.healed('isolate', 'it ate too much memory');
    });
    expect(bodies).toEqual([
      { name: 'policy.changed', details: { from: 'a'.repeat(64), to: 'b'.repeat(64) } },
      { name: 'lock.refused', details: { changed: lines.slice(0, 50), count: 60 } },
      { name: 'honeypot.sighted', details: { decoy: 'key', where: 'arguments of list_directories' } },
      { name: 'quarantine.begun', details: {} },
      { name: 'auth.refused', details: { reason: 'revoked', count: 3 } },
      { name: 'self.healed', details: { what: 'isolate', why: 'it ate too much memory' } },
    ]);
  });
});
