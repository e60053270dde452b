import { expect, it } from 'vitest';
import { endedLine, LIVE_HEAD, liveLine } from '../../../src/cli/live-line.ts';
import type { CallRecord } from '../../../src/gateway/record.ts';

const call: Omit<CallRecord, 'call'> = {
  time: new Date(2026, 0, 1, 9, 5, 3),
  tool: 'list_workos_organizations',
  caller: { kind: 'agent', session: 's', client: { name: 'claude', version: '2.1' } },
  ms: 12.6,
  bytes: 1234,
  status: 'ok',
};

it('lines up with the head of the table', () => {
  const line = liveLine(call);
  expect(line).toBe('09:05:03  list_workos_organizations    claude 2.1                    13     1,234  ok');
  for (const [head, value] of [
    ['tool', 'list_'],
    ['caller', 'claude'],
    ['result', 'ok'],
  ] as const) {
    expect(line.indexOf(value)).toBe(LIVE_HEAD.indexOf(head));
  }
});

it('lets no control character of a client’s name reach the terminal', () => {
  const client = { name: '\u001b[31m\u202eevil\n\u200b', version: '\u0007' };
  const line = liveLine({ ...call, caller: { kind: 'agent', session: 's', client } });
  expect(line).toMatch(/^[\x20-\x7e]+$/);
  expect(line).toContain('evil');
});

it('cuts a long name, so that the columns stay', () => {
  const client = { name: 'x'.repeat(500), version: '1' };
  const line = liveLine({ ...call, caller: { kind: 'agent', session: 's', client } });
  expect(line).toHaveLength(liveLine(call).length);
});

it('names the surface a person uses', () => {
  expect(liveLine({ ...call, caller: { kind: 'person', surface: 'terminal' } })).toContain('  terminal ');
});

it('tells what changed something, and how many values were masked', () => {
  expect(liveLine({ ...call, tool: 'create_workos_organization' })).toMatch(/ ok, mutation$/u);
  const covered = [
    { path: 'items.*.email', kind: 'email', count: 3 },
    { path: 'items.*.phone', kind: 'phone', count: 1 },
  ] as const;
  expect(liveLine({ ...call, covered, status: 'ok' })).toMatch(/ ok, 4 masked$/u);
});

it('names the connection token before the client, which may say anything', () => {
  const token = { id: 'tok_1', name: 'CI', scope: { readOnly: false } };
  const client = { name: 'x'.repeat(500), version: '1' };
  expect(liveLine({ ...call, caller: { kind: 'agent', session: 's', client, token } })).toContain(
    '  CI: xxx',
  );
});

it('tells of a connection token that ended, in one line', () => {
  const line = endedLine({ name: 'C\u001b[2JI\n', status: 'expired' }, call.time);
  expect(line).toBe('09:05:03  connection token "C[2JI" has expired: what was open under it is ended');
});
