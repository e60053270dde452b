import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { NODE_22 } from '../../support/bundle.ts';
import { attempts } from './programs/attempts.ts';
import { bundleProgram, nodeWithout, openIsolate } from './support.ts';

const CANARY = 'bird';
/** As the real one, it has a decoy key lying around: that, and nothing else of a process. */
const lookout = { look: () => undefined, decoyKey: () => 'sk_live_bait' };
let plain: Record<string, { got?: string }>;
let file: string;

beforeAll(async () => {
  file = await bundleProgram('isolate');
  const env = { ...process.env, CANARY };
  const { stdout } = await promisify(execFile)(process.execPath, [await bundleProgram('plain')], { env });
  plain = JSON.parse(stdout) as typeof plain;
});

describe.each([
  ['Node 24', process.execPath],
  ['Node 22', NODE_22],
  ['a Node without a permission model', nodeWithout('--permission')],
])('from an isolate under %s', (_name, node) => {
  const isolate = () => openIsolate({ file, node, lookout });
  let act: ReturnType<typeof isolate>['act'];
  beforeAll(() => {
    process.env['CANARY'] = CANARY;
    ({ act } = isolate());
  });

  it.each(Object.keys(attempts))('there is no way out by: %s', async (name) => {
    expect(plain[name]).toEqual({ got: expect.any(String) });
    expect(await act(`attempt ${name}`)).toEqual({ refused: expect.any(String) });
  });
});

it('from an isolate in which no decoy stands in the place of the process there is no way out by it', async () => {
  const { act } = openIsolate({ file });
  expect(await act('attempt process')).toEqual({ refused: expect.any(String) });
});
