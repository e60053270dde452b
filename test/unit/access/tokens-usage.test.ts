import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createUsageCounter } from '../../../src/access/token-usage.ts';
import { keepingLogger } from '../gateway/support.ts';
import { startTokens } from './tokens-bench.ts';

it('counts per token and client, and knows when it was last', async () => {
  const { dir, issue, tokens, clock } = startTokens();
  const [a, b] = [(await issue('A')).info.id, (await issue('B')).info.id];
  const counter = createUsageCounter(dir, keepingLogger(), () => clock.now);
  counter.count(a, 'Cursor');
  counter.count(a, 'Claude');
  clock.now += 1_000;
  counter.count(a, 'Claude');
  counter.count(b, 'Cursor');
  await counter.flush();
  const late = new Date(clock.now);
  const early = new Date(clock.now - 1_000);
  expect(tokens.list()).toMatchObject([
    {
      name: 'A',
      requests: 3,
      lastUsed: late,
      clients: [
        { name: 'Claude', requests: 2, lastUsed: late },
        { name: 'Cursor', requests: 1, lastUsed: early },
      ],
    },
    { name: 'B', requests: 1, lastUsed: late, clients: [{ name: 'Cursor', requests: 1 }] },
  ]);
});

it('adds to what was counted before, by whomever: nothing is lost between several at once', async () => {
  const { dir, issue, tokens } = startTokens();
  const { id } = (await issue('A')).info;
  const counters = Array.from({ length: 5 }, () => createUsageCounter(dir, keepingLogger(), Date.now));
  for (let round = 0; round < 4; round += 1) {
    for (const counter of counters) counter.count(id, 'Cursor');
    await Promise.all(counters.map((counter) => counter.flush()));
  }
  expect(tokens.list()).toMatchObject([{ requests: 20, clients: [{ name: 'Cursor', requests: 20 }] }]);
});

it('is written by itself after a while, not with each request', async () => {
  const { dir, issue, tokens } = startTokens();
  const { id } = (await issue('A')).info;
  const counter = createUsageCounter(dir, keepingLogger(), Date.now);
  counter.count(id, 'Cursor');
  expect(readdirSync(dir.path)).toEqual(['tokens.json']);
  await expect.poll(() => tokens.list()[0]?.requests, { timeout: 15_000 }).toBe(1);
});

it('is kept while it can’t be written, and said once', async () => {
  const { dir, issue, tokens } = startTokens();
  const { id } = (await issue('A')).info;
  const logger = keepingLogger();
  const counter = createUsageCounter(dir, logger, Date.now);
  const file = join(dir.path, 'token-usage.json');
  mkdirSync(file);
  for (let round = 0; round < 3; round += 1) {
    counter.count(id, 'Cursor');
    await counter.flush();
  }
  expect(logger.lines).toEqual([expect.stringContaining('warn use of connection tokens not written')]);
  rmSync(file, { recursive: true });
  await counter.flush();
  expect(tokens.list()).toMatchObject([{ requests: 3 }]);
});

it('begins anew when its file can’t be understood', async () => {
  const { dir, issue, tokens } = startTokens();
  const { id } = (await issue('A')).info;
  writeFileSync(join(dir.path, 'token-usage.json'), '[{"token":');
  expect(tokens.list()).toMatchObject([{ requests: 0 }]);
  const counter = createUsageCounter(dir, keepingLogger(), Date.now);
  counter.count(id, 'Cursor');
  await counter.flush();
  expect(tokens.list()).toMatchObject([{ requests: 1 }]);
});

it('forgets tokens there are no more', async () => {
  const { dir, issue, text, write, tokens } = startTokens();
  const gone = (await issue('Gone')).info.id;
  const counter = createUsageCounter(dir, keepingLogger(), Date.now);
  counter.count(gone, 'Cursor');
  await counter.flush();
  const before = text();
  write('[]');
  const { id } = (await issue('A')).info;
  counter.count(id, 'Cursor');
  await counter.flush();
  write(before);
  expect(tokens.list()).toMatchObject([{ name: 'Gone', requests: 0 }]);
});

it('takes names of clients as they come, short and harmless, and at most 50', async () => {
  const { dir, issue, tokens } = startTokens();
  const { id } = (await issue('A')).info;
  const counter = createUsageCounter(dir, keepingLogger(), Date.now);
  for (const name of ['__proto__', 'constructor', `\u001b[2J${'x'.repeat(10_000)}\n`, ''])
    counter.count(id, name);
  for (let index = 0; index < 100; index += 1) counter.count(id, `client ${index}`);
  await counter.flush();
  counter.count(id, 'one more');
  await counter.flush();
  const { requests, clients } = tokens.list()[0]!;
  expect(requests).toBe(105);
  expect(clients).toHaveLength(51);
  const names = clients.map(({ name }) => name);
  expect(names).toContain('__proto__');
  expect(names).toContain('(other clients)');
  expect(Math.max(...names.map((name) => name.length))).toBe(60);
  expect(names.join()).not.toContain('\u001b');
});
