import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newCode, normalCode } from '../../../src/access/approval-code.ts';
import { APPROVAL_MS, type Change, createApprovals, MOST_OPEN } from '../../../src/access/approvals.ts';
import { openStateDir } from '../../../src/access/state-dir.ts';
import { PROFILES } from '../../../src/privacy/policy.ts';
import { createRedactor } from '../../../src/privacy/redactor.ts';
import { freshPath } from '../../support/fresh-path.ts';
import { startProcess } from './support.ts';

const CHANGE: Change = {
  environment: { id: 'env-1', name: 'Acme Staging', kind: 'staging' },
  tool: 'create_workos_organization',
  arguments: { name: 'Acme', domains: ['acme.com'] },
  session: 'session-1',
  client: 'claude',
};

function approvalsAt(path = freshPath()) {
  const clock = { now: Date.now() };
  const dir = openStateDir(path);
  return { path, dir, clock, approvals: createApprovals(dir, { now: () => clock.now }) };
}

async function codeOf(approvals: ReturnType<typeof createApprovals>, change = CHANGE): Promise<string> {
  const asked = await approvals.ask(change);
  if (typeof asked === 'string') throw new Error(asked);
  return asked.code;
}

describe('a question', () => {
  it('shows the person all there is to judge, in every process, until it is answered', async () => {
    const { path, approvals, clock } = approvalsAt();
    const code = await codeOf(approvals);
    const other = createApprovals(openStateDir(path), { now: () => clock.now });
    const { environment, ...rest } = CHANGE;
    expect(other.pending()).toEqual([
      {
        code,
        environment: { name: environment.name, kind: environment.kind },
        tool: rest.tool,
        arguments: rest.arguments,
        client: 'claude',
        created: new Date(clock.now),
        expires: new Date(clock.now + 5 * 60_000),
      },
    ]);
    expect(await other.approve(code)).toBe(true);
    expect(approvals.pending()).toEqual([]);
  });

  it('put again is the same question', async () => {
    const { approvals } = approvalsAt();
    const swapped = { domains: ['acme.com'], name: 'Acme' };
    expect(await codeOf(approvals)).toBe(await codeOf(approvals, { ...CHANGE, arguments: swapped }));
    expect(approvals.pending()).toHaveLength(1);
  });

  it('is heard of when it comes and when it goes', async () => {
    const { path, approvals } = approvalsAt();
    let heard = 0;
    const forget = createApprovals(openStateDir(path)).onChange(() => (heard += 1));
    const code = await codeOf(approvals);
    await expect.poll(() => heard).toBeGreaterThan(0);
    heard = 0;
    await approvals.deny(code);
    await expect.poll(() => heard).toBeGreaterThan(0);
    forget();
  });
});

describe('a yes', () => {
  it('holds once', async () => {
    const { approvals } = approvalsAt();
    const code = await codeOf(approvals);
    expect(await approvals.take(CHANGE)).toBeUndefined();
    expect(await approvals.approve(code, 'terminal')).toBe(true);
    expect([await approvals.take(CHANGE), await approvals.take(CHANGE)]).toEqual([
      { code, by: 'terminal' },
      undefined,
    ]);
    expect(await approvals.approve(code)).toBe(false);
  });

  it.each([
    ['a changed argument', { arguments: { ...CHANGE.arguments, name: 'Acme ' } }],
    ['one more argument', { arguments: { ...CHANGE.arguments, domain_state: 'verified' } }],
    ['another environment of the same name', { environment: { ...CHANGE.environment, id: 'env-2' } }],
    ['another session', { session: 'session-2' }],
    ['another tool', { tool: 'delete_workos_organization' }],
  ])('does not hold for %s', async (_what, other) => {
    const { approvals } = approvalsAt();
    await approvals.approve(await codeOf(approvals));
    expect(await approvals.take({ ...CHANGE, ...other })).toBeUndefined();
    expect(await approvals.take(CHANGE)).toBeDefined();
  });

  it('ends with its time, and so does a question', async () => {
    const { approvals, clock } = approvalsAt();
    const [code, late] = [await codeOf(approvals), await codeOf(approvals, { ...CHANGE, tool: 'other' })];
    await approvals.approve(code);
    clock.now += APPROVAL_MS;
    expect(await approvals.take(CHANGE)).toBeUndefined();
    expect(await approvals.approve(late)).toBe(false);
    expect(approvals.pending()).toEqual([]);
    expect(await codeOf(approvals)).not.toBe(code);
  });

  it('does not wait for a clock that was put back', async () => {
    const { approvals, clock } = approvalsAt();
    await approvals.approve(await codeOf(approvals));
    clock.now -= 60_000;
    expect(await approvals.take(CHANGE)).toBeUndefined();
  });

  it('is used by one process of many', async () => {
    const { path, approvals } = approvalsAt();
    const real = createApprovals(openStateDir(path));
    await real.approve(await codeOf(real));
    const code = `const approvals = access.createApprovals(openStateDir(${JSON.stringify(path)}));
      process.stdin.once('data', async () => {
        console.log((await approvals.take(${JSON.stringify(CHANGE)})) !== undefined);
        process.exit();
      });`;
    const started = Array.from({ length: 5 }, () => startProcess('approvals.ts', code));
    for (const { child } of started) child.stdin.write('go\n');
    const taken = await Promise.all(started.map(({ output }) => output));
    expect(taken.map((each) => each.trim()).toSorted()).toEqual(['false', 'false', 'false', 'false', 'true']);
    expect(approvals.pending()).toEqual([]);
  });
});

describe('a no', () => {
  it('is told to who asks again, and can not become a yes', async () => {
    const { approvals, clock } = approvalsAt();
    const code = await codeOf(approvals);
    expect(await approvals.deny(code)).toBe(true);
    expect(await approvals.ask(CHANGE)).toBe('denied');
    expect([await approvals.approve(code), await approvals.take(CHANGE)]).toEqual([false, undefined]);
    clock.now += APPROVAL_MS;
    expect(await codeOf(approvals)).not.toBe(code);
  });
});

it('an agent can not flood the person, and does not shut out another', async () => {
  const { path, approvals } = approvalsAt();
  const asked = await Promise.all(
    Array.from({ length: MOST_OPEN + 5 }, (_, index) => approvals.ask({ ...CHANGE, session: `${index}` })),
  );
  expect(asked.filter((each) => each === 'full')).toHaveLength(5);
  expect(approvals.pending()).toHaveLength(MOST_OPEN);
  expect(await codeOf(createApprovals(openStateDir(path)), { ...CHANGE, session: 'x' })).toBeTypeOf('string');
});

it('a file that holds something else approves nothing, and is replaced', async () => {
  const { dir, approvals } = approvalsAt();
  dir.ensure();
  for (const text of ['', 'garbage', '{}', '[{"state":"approved"}]']) {
    writeFileSync(join(dir.path, 'approvals.json'), text);
    expect([approvals.pending(), await approvals.take(CHANGE)]).toEqual([[], undefined]);
  }
  expect(await codeOf(approvals)).toBe(approvals.pending()[0]?.code);
});

describe('a code', () => {
  const codes = Array.from({ length: 2_000 }, newCode);

  it('is another each time, and has no sign that could be taken for another', () => {
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/u.test(code))).toEqual([]);
    expect(new Set(codes.join('')).size).toBe(33);
  });

  it('may be typed as people do', () => {
    for (const typed of ['abcd-2345', 'ABCD2345', ' abcd 2345 ', 'ABCD–2345'])
      expect(normalCode(typed)).toBe('ABCD-2345');
  });

  it('is not taken for personal data, whatever agents see masked', () => {
    const { text } = createRedactor(PROFILES.strict);
    const shown = codes.map((code) => `Ask the person to approve ${code} in VS Code`);
    expect(shown.filter((sentence) => text(sentence) !== sentence)).toEqual([]);
  });
});
