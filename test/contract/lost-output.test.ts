import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditRecords, CALL, cliIn, newFolder } from '../support/audit-files.ts';
import { requireBundle } from '../support/bundle.ts';

const VERIFIER = resolve(import.meta.dirname, '../../dist/audit-verify.js');
/** No file may be larger; what is written into the state directory is far from it. */
const MOST_BLOCKS = 128;
const BLOCK_BYTES = 512;
const LOST = /^workos-mcp: standard output can't be written \(EFBIG\): what it was to show is lost\.$/mu;

let home: string;
let verifier: string[];
let cli: (...args: string[]) => string[];
beforeAll(async () => {
  home = newFolder();
  cli = (...args) => [requireBundle(), ...args];
  verifier = [VERIFIER, join(home, 'audit')];
  await cliIn(home, CALL);
});

const env = () => ({ PATH: process.env['PATH'], WORKOS_MCP_HOME: home });

/** Runs with standard output going to a file that takes so many bytes more. */
function intoFullFile(argv: readonly string[], room = 0) {
  const file = join(newFolder(), 'output');
  writeFileSync(file, Buffer.alloc(MOST_BLOCKS * BLOCK_BYTES - room));
  const script = `ulimit -f ${MOST_BLOCKS}; exec "$@" >>"$0"`;
  const { status, stderr } = spawnSync('sh', ['-c', script, file, process.execPath, ...argv], {
    env: env(),
    encoding: 'utf8',
  });
  return { status, stderr, size: statSync(file).size };
}

/** Runs with a reader of standard output that is gone before anything is written. */
async function intoClosedPipe(argv: readonly string[], nodeFlags: readonly string[] = []) {
  const child = spawn(process.execPath, [...nodeFlags, ...argv], {
    env: env(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { status, stderr };
}

describe('the verdict on an intact trail', () => {
  it('stays what it is when the reader goes away', async () => {
    for (const argv of [verifier, cli('audit', 'verify')])
      expect(await intoClosedPipe(argv)).toEqual({ status: 0, stderr: '' });
  });

  it('stays "tampered" when the reader goes away', async () => {
    const spoilt = join(newFolder(), 'spoilt.jsonl');
    writeFileSync(spoilt, `${JSON.stringify(auditRecords(home)[0])} \n`);
    expect(await intoClosedPipe([VERIFIER, spoilt])).toEqual({ status: 1, stderr: '' });
  });

  it.each([0, 20])('is none when it can not be written (room for %i bytes)', (room) => {
    for (const argv of [verifier, cli('audit', 'verify')]) {
      const { status, stderr, size } = intoFullFile(argv, room);
      expect({ status, stderr, size }).toEqual({
        status: 2,
        stderr: expect.stringMatching(LOST),
        size: MOST_BLOCKS * BLOCK_BYTES,
      });
    }
  });

  it('is none when the verifier itself fails', async () => {
    const failing = join(newFolder(), 'failing.cjs');
    writeFileSync(failing, "setImmediate(() => { throw new Error('in between'); });");
    expect(await intoClosedPipe(verifier, ['--require', failing])).toEqual({
      status: 2,
      stderr: 'workos-mcp: in between\n',
    });
  });
});

describe('output that can not be written', () => {
  it.each([
    [['audit', 'export']],
    [['tokens', 'list']],
    [['stats']],
    [['call', 'list_workos_organizations', '{}', '--sandbox']],
    [['--help']],
    [['--version']],
  ])('of %j is no success', (args) => {
    const { status, stderr } = intoFullFile(cli(...args));
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(LOST) });
  });

  it('of an export that only begins to fit is no success', () => {
    expect(intoFullFile(cli('audit', 'export'), 1_000)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(LOST),
      size: MOST_BLOCKS * BLOCK_BYTES,
    });
  });

  it('of a new token says which one nobody was shown', () => {
    const { status, stderr } = intoFullFile(cli('tokens', 'issue', '--name', 'Lost'));
    const [{ id }] = JSON.parse(readFileSync(join(home, 'tokens.json'), 'utf8'));
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(LOST) });
    expect(stderr).toContain(`nobody was shown the token: revoke ${id} and issue another one.`);
    const issued = auditRecords(home).filter(({ body }) => body['name'] === 'token.issued');
    expect(issued).toHaveLength(1);
  });

  it("for a reader that is gone is nobody's loss", async () => {
    for (const args of [['audit', 'export'], ['tokens', 'list'], ['--help']])
      expect(await intoClosedPipe(cli(...args))).toEqual({ status: 0, stderr: '' });
  });
});
