import { expect, it } from 'vitest';
import { guard } from '../../../../src/vscode/commands/guard.ts';

/** Runs a handler under guard; what it gave back, and what was told of failures. */
async function run(handler: () => unknown) {
  const told: string[] = [];
  const value = await guard(handler, (cause) => told.push(cause))();
  return { value, told };
}

it('hands through what a command gives back', async () => {
  expect(await run(async () => 1)).toEqual({ value: 1, told: [] });
});

it('tells once why a command failed, with the cause below, and throws nothing', async () => {
  const { value, told } = await run(() => {
    throw new Error('no file', { cause: new TypeError('no disk') });
  });
  expect(value).toBeUndefined();
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/Error: no file[^]*Caused by TypeError: no disk/u);
  expect((await run(async () => Promise.reject(new Error('later')))).told).toHaveLength(1);
});

it('tells nothing of a question that was left', async () => {
  const canceled = Object.assign(new Error('Canceled'), { name: 'Canceled' });
  expect(await run(async () => Promise.reject(canceled))).toEqual({ value: undefined, told: [] });
});
