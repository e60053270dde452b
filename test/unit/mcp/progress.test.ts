import type { ServerNotification } from '@modelcontextprotocol/sdk/types.js';
import { expect, it } from 'vitest';
import { progressReporter } from '../../../src/mcp/progress.ts';

it('sends numbers that always grow, and no total below them', () => {
  const sent: ServerNotification[] = [];
  const report = progressReporter('token', (notification) => sent.push(notification));
  report({ message: 'start' });
  report({ message: 'page', done: 100, total: 120 });
  report({ message: 'waiting', done: 100, total: 120 });
  report({ message: 'page', done: 40, total: 20 });
  const params = sent.map((notification) => notification.params as Record<string, unknown>);
  const numbers = params.map(({ progress }) => Number(progress));
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  expect(numbers.slice(0, 2)).toEqual([1, 100]);
  expect(params.map(({ total }) => total)).toEqual([undefined, 120, 120, undefined]);
  expect(sent[0]).toMatchObject({
    method: 'notifications/progress',
    params: { progressToken: 'token', message: 'start' },
  });
});

it('sends nothing to a client that did not ask', () => {
  const sent: ServerNotification[] = [];
  progressReporter(undefined, (notification) => sent.push(notification))({ message: 'page', done: 1 });
  expect(sent).toEqual([]);
});

it('takes 0 for a token', () => {
  const sent: ServerNotification[] = [];
  progressReporter(0, (notification) => sent.push(notification))({ message: 'page', done: 1 });
  expect(sent).toHaveLength(1);
});
