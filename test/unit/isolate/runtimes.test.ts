import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NODE_22 } from '../../support/bundle.ts';
import { bundleProgram, openIsolate } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'runtimes-'));
let file: string;
beforeAll(async () => {
  file = await bundleProgram('isolate');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A Node that knows these flags not, as an older one. */
function nodeWithout(...flags: string[]): string {
  const path = join(folder, `node-${flags.length}`);
  const refusals = flags.map((flag) => `*" ${flag} "*) echo "bad option: ${flag}" >&2; exit 9;;`).join(' ');
  writeFileSync(path, `#!/bin/sh\ncase " $* " in ${refusals} esac\nexec "${process.execPath}" "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

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
});
