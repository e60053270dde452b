import { beforeAll, expect, it } from 'vitest';
import { NODE_22 } from '../../support/bundle.ts';
import { bundleProgram, nodeWithout, openIsolate } from './support.ts';

let file: string;
beforeAll(async () => {
  file = await bundleProgram('isolate');
});

const ON = 'separate process, 64 MB heap, permission model on';
const REFUSED = 'separate process, 64 MB heap, permission model refused by this runtime';

it.each([
  ['this Node', () => process.execPath, ON],
  ['Node 22', () => NODE_22, ON],
  ['a Node without --permission', () => nodeWithout('--permission'), REFUSED],
  ['a Node that knows little', () => nodeWithout('--permission', '--no-addons'), REFUSED],
])('under %s works and says what it is worth', async (_name, node, assurance) => {
  const bench = openIsolate({ file, node: node() });
  expect(await bench.act('ok')).toBe('ok');
  expect(await bench.executor.assurance()).toBe(assurance);
  expect(bench.started).toEqual([assurance]);
  expect(bench.logger.lines).toEqual(assurance === ON ? [] : [`warn tools run in a ${REFUSED}`]);
});
