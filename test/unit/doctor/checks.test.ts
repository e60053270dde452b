import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKillSwitch } from '../../../src/access/kill-switch.ts';
import { openStateDir } from '../../../src/access/state-dir.ts';
import type { TokenInfo } from '../../../src/access/token-info.ts';
import { checkChain } from '../../../src/doctor/chain.ts';
import { clientFiles } from '../../../src/doctor/client-files.ts';
import { checkIsolate } from '../../../src/doctor/isolate.ts';
import { parseJsonc } from '../../../src/doctor/jsonc.ts';
import { checkNode } from '../../../src/doctor/node.ts';
import { checkState, checkStopped } from '../../../src/doctor/state.ts';
import { checkTokens } from '../../../src/doctor/tokens.ts';

const DAY_MS = 86_400_000;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['24.1.0', undefined, 'ok'],
  ['23.1.0', undefined, 'warn'],
  ['23.1.0', '40.0.0', 'ok'],
])('Node %s in Electron %s is %s', (node, electron, status) => {
  expect(checkNode({ node, electron }).status).toBe(status);
});

it('a disk with little room is worth a look, also before the directory is made', () => {
  const full = checkState(openStateDir(join(folder, 'not/yet')), Number.POSITIVE_INFINITY);
  expect(full).toMatchObject([
    { status: 'ok' },
    { status: 'warn', found: expect.stringMatching(/^only \d+ MB/u) },
  ]);
});

it('a quarantine says what was seen', () => {
  const dir = openStateDir(join(folder, 'state'));
  expect(checkStopped(dir)).toEqual([]);
  createKillSwitch(dir).kill('the honeypot', { decoy: 'token', where: 'a request', by: 'Some agent' });
  expect(checkStopped(dir)).toMatchObject([
    { status: 'fail', found: expect.stringMatching(/^quarantined since .*a request, from Some agent/u) },
  ]);
});

it('of a large trail the newest files are looked at, and it says so', () => {
  const audit = join(folder, 'audit');
  mkdirSync(audit);
  const older = new Date(Date.now() - 3 * DAY_MS);
  for (const name of ['old.jsonl', 'new.jsonl']) writeFileSync(join(audit, name), 'x\n');
  utimesSync(join(audit, 'old.jsonl'), older, older);
  const limits = { now: new Date(), retentionMs: 2 * DAY_MS };
  expect(checkChain(audit, { ...limits, mostBytes: 3 })).toEqual({
    status: 'fail',
    found: expect.stringMatching(
      /^tampered: new\.jsonl: .*; looked at the newest 1 of 2 files; 1 file older than 2 days/u,
    ),
    fix: expect.any(String),
  });
  expect(checkChain(audit, { ...limits, mostBytes: 1 })).toMatchObject({
    status: 'skip',
    found: expect.stringContaining('looked at the newest 0 of 2 files'),
    fix: expect.stringContaining('workos-mcp audit verify'),
  });
  expect(checkChain(audit, limits).found).not.toContain('looked at');
});

it('tokens that nobody uses are worth a look', () => {
  const now = new Date();
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const token = (name: string, more: Partial<TokenInfo>): TokenInfo => ({
    id: `tok_${name}`,
    name,
    hint: 'abcd',
    scope: { readOnly: true },
    status: 'active',
    enabled: true,
    created: ago(200),
    requests: 0,
    clients: [],
    ...more,
  });
  const used = token('used', { lastUsed: ago(1) });
  const revoked = token('revoked', { status: 'revoked' });
  expect(checkTokens(() => [used, revoked, token('new', { created: ago(89) })], now)).toEqual([
    { status: 'ok', found: '2 tokens' },
  ]);
  expect(checkTokens(() => [used, token('old', {}), token('late', { status: 'expired' })], now)).toEqual([
    { status: 'ok', found: '3 tokens' },
    { status: 'warn', found: 'old was not used for 90 days', fix: 'workos-mcp tokens revoke "tok_old"' },
    { status: 'warn', found: 'late has expired', fix: 'workos-mcp tokens revoke "tok_late"' },
  ]);
});

it('an isolate without the permission model is worth a look', async () => {
  expect(await checkIsolate(async () => 'separate process, permission model refused')).toMatchObject({
    status: 'warn',
  });
});

it('files of clients are where each system keeps them', () => {
  const at = (platform: NodeJS.Platform, env = {}) =>
    clientFiles({ home: '/h', platform, env, project: '/p' }).map(({ path }) => path);
  expect(at('darwin')).toContain('/h/Library/Application Support/Claude/claude_desktop_config.json');
  expect(at('win32', { APPDATA: '/roaming' })).toContain('/roaming/Code/User/mcp.json');
  expect(at('linux', { XDG_CONFIG_HOME: '/x' })).toContain('/x/Code/User/mcp.json');
  expect(at('linux')).toContain('/p/.mcp.json');
});

describe('JSON with comments', () => {
  it.each([
    [
      '{"a": "// no /* comment */, ]", /* b */ "c": [1, 2,],} // end',
      { a: '// no /* comment */, ]', c: [1, 2] },
    ],
    ['\uFEFF{"a\\"//": 1}', { 'a"//': 1 }],
  ])('%s', (text, value) => expect(parseJsonc(text)).toEqual(value));

  it('is no wider than that', () => {
    const open = ['{} /* open', '{}/*/', '{"a":"b', '{"a":"b\\\\'];
    for (const text of ['{a: 1}', '{"a": 1,,}', '{"a": "/*}', "{'a': 1}", ...open])
      expect(() => parseJsonc(text)).toThrow(SyntaxError);
  });

  // A pattern that is not linear would not end within the time a test has.
  it.each(['"\\', '/*', '"\\"', '/*"', ', ', '\\"', '[', '//'])('is parsed in linear time: %j', (piece) => {
    expect(() => parseJsonc(piece.repeat(80_000 / piece.length))).toThrow(SyntaxError);
  });
});
