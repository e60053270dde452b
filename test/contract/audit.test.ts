import { spawn } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUNDLE, NODE_22, requireBundle } from '../support/bundle.ts';
import { runCli, startCli } from '../support/cli.ts';

const VERIFIER = resolve(import.meta.dirname, '../../dist/audit-verify.js');
const scratch: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'workos-mcp-audit-'));
  scratch.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of scratch) rmSync(folder, { recursive: true, force: true });
});

const CALL = ['call', 'list_workos_organizations', '{"search":"Acme Corp"}', '--sandbox'];
const filesIn = (home: string) =>
  readdirSync(join(home, 'audit'))
    .filter((name) => name.endsWith('.jsonl'))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => join(home, 'audit', name));
const recordsIn = (home: string) =>
  filesIn(home).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
  );

let home: string;
const cli = (args: readonly string[], env: Record<string, string> = {}) =>
  runCli(args, { env: { WORKOS_MCP_HOME: home, ...env } });
beforeAll(async () => {
  requireBundle();
  home = newFolder();
  expect(await cli(CALL)).toMatchObject({ code: 0, stderr: '' });
  expect(
    (await cli(['call', 'create_workos_organization', '{"name":"X"}', '--sandbox', '--read-only'])).code,
  ).toBe(1);
});

/** A copy of the trail that may be spoilt. */
function copy(): string {
  const folder = newFolder();
  cpSync(home, folder, { recursive: true });
  return folder;
}

describe('audit verify', () => {
  it('says that what was recorded is intact', async () => {
    const { code, stdout } = await cli(['audit', 'verify']);
    expect(code).toBe(0);
    expect(stdout).toContain('assurance local-user');
    expect(stdout).toMatch(/^intact: 2 chains, 8 records$/mu);
    expect(recordsIn(home).map(({ kind }) => kind)).toEqual([
      'start',
      'intent',
      'outcome',
      'stop',
      'start',
      'intent',
      'outcome',
      'stop',
    ]);
    expect(recordsIn(home)[6].body).toMatchObject({ status: 'READ_ONLY', decision: 'deny' });
  });

  it('names what was done to a file, and the key and the checkpoint that show it', async () => {
    const spoilt = copy();
    const [file] = filesIn(spoilt);
    const lines = readFileSync(file!, 'utf8').split('\n');
    writeFileSync(file!, lines.with(2, lines[2]!.replace('"status":"ok"', '"status":"no"')).join('\n'));
    const altered = await cli(['audit', 'verify', join(spoilt, 'audit'), '--json']);
    expect(altered.code).toBe(1);
    expect(JSON.parse(altered.stdout)).toMatchObject({
      verdict: 'tampered',
      chains: [{ problem: { kind: 'altered', seq: 2, line: 3 } }, { verdict: 'intact' }],
    });

    writeFileSync(file!, `${lines.slice(0, 3).join('\n')}\n`);
    const cut = await cli(['audit', 'verify', file!]);
    expect(cut.code, 'the checkpoint beside it').toBe(1);
    rmSync(join(spoilt, 'audit/checkpoints'), { recursive: true });
    expect((await cli(['audit', 'verify', file!])).code).toBe(0);
    const { chain_id } = JSON.parse(lines[0]!);
    const kept = join(home, 'audit/checkpoints', `${chain_id}.json`);
    const against = await cli(['audit', 'verify', file!, '--checkpoint', kept, '--fast']);
    expect(against).toMatchObject({ code: 1, stdout: expect.stringContaining('truncated at record 3') });

    const other = resolve(import.meta.dirname, '../vectors/audit/other-master.pub');
    expect(await cli(['audit', 'verify', '--key', other])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('forged at record 0'),
    });
    expect((await cli(['audit', 'verify', '--key', join(home, 'keys')])).code).toBe(0);
    rmSync(join(spoilt, 'keys'), { recursive: true });
    const keyless = await cli(['audit', 'verify', join(spoilt, 'audit')]);
    expect(keyless).toMatchObject({ code: 2, stdout: expect.stringContaining('is not at hand') });
  });

  it.each([
    ['nothing there', ['audit', 'verify', '/nowhere'], /^unverifiable: There is nothing at \/nowhere\.\n$/u],
    ['no key there', ['audit', 'verify', '--key', '/nowhere'], /no public key at/u],
    ['no checkpoint there', ['audit', 'verify', '--checkpoint', '/nowhere'], /no checkpoint at/u],
  ])('with %s says so', async (_name, args, message) => {
    const { code, stdout } = await cli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringMatching(message) });
  });

  it.each([
    [['audit'], /one of verify, export, tail/u],
    [['audit', 'burn'], /one of verify, export, tail/u],
    [['audit', 'export', '--format', 'xml'], /one of jsonl, ocsf, cef, csv/u],
    [['audit', 'export', '--since', 'once'], /--since takes/u],
  ])('%j is wrong usage', async (args, message) => {
    expect(await cli(args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  });
});

describe.each([
  ['Node 24', process.execPath],
  ['Node 22', NODE_22],
])('the verifier alone, under %s', (_name, node) => {
  const alone = (...args: string[]) => {
    const folder = newFolder();
    copyFileSync(VERIFIER, join(folder, 'audit-verify.js'));
    return runCli(args, { node, bundle: join(folder, 'audit-verify.js') });
  };

  it('finds what the command finds', async () => {
    expect(await alone(join(home, 'audit'))).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('intact: '),
    });
    const spoilt = copy();
    appendFileSync(filesIn(spoilt)[1]!, '{}\n');
    const { code, stdout } = await alone(
      join(spoilt, 'audit'),
      '--json',
      '--fast',
      '--key',
      join(spoilt, 'keys'),
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'tampered',
      chains: [{ verdict: 'intact' }, { problem: { kind: 'altered', seq: 4 } }],
    });
    expect((await alone('/nowhere')).code).toBe(2);
  });

  it('says how it is used', async () => {
    expect(await alone()).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Usage: audit-verify.js'),
    });
    expect(await alone('--nonsense')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Usage: audit-verify.js'),
    });
    expect(await alone('--help')).toMatchObject({ code: 0 });
  });
});

describe('audit export', () => {
  it.each([
    ['jsonl', /^\{"body":.*"kind":"start"/u],
    ['ocsf', /"class_uid":6003/u],
    ['cef', /^CEF:0\|workos-mcp\|/u],
    ['csv', /^time,kind,operation,/u],
  ])('writes %s, and records that it did', async (format, pattern) => {
    home = copy();
    const before = filesIn(home).length;
    const { code, stdout, stderr } = await cli(['audit', 'export', '--format', format, '--since', '1d']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(pattern);
    expect(stdout).toContain('list_workos_organizations');
    expect(stdout).not.toContain('Acme');
    expect(filesIn(home)).toHaveLength(before + 1);
    const exported = recordsIn(home).findLast(({ kind }) => kind === 'export');
    expect(exported.body).toMatchObject({
      format,
      records: expect.any(Number),
      since: expect.stringMatching(/Z$/u),
    });
    expect((await cli(['audit', 'verify'])).code).toBe(0);
  });
});

describe('audit tail', () => {
  it('shows what comes, line by line', async () => {
    const tail = startCli(['audit', 'tail'], { env: { WORKOS_MCP_HOME: home } });
    await tail.waitFor('stdout', /stop\n/u);
    await cli(CALL);
    await tail.waitFor('stdout', /outcome {2}list_workos_organizations {2}ok {2}\d+ ms\n[^]*stop\n/u);
    expect((await tail.stop('SIGINT')).code).toBe(0);
  });
});

describe('the vault', () => {
  it('is opened by a passphrase, which no other does, and without one says what it does instead', async () => {
    home = newFolder();
    const passphrase = { WORKOS_MCP_PASSPHRASE: 'correct horse' };
    expect(await cli(CALL, passphrase)).toMatchObject({ code: 0, stderr: '' });
    expect((await cli(['audit', 'verify'])).stdout).toContain('assurance passphrase');
    const wrong = await cli(CALL, { WORKOS_MCP_PASSPHRASE: 'wrong horse' });
    expect(wrong).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('does not open the audit vault'),
    });
    const without = await cli(CALL);
    expect(without).toMatchObject({ code: 0, stderr: expect.stringContaining('stays closed') });
    expect(
      recordsIn(home)
        .map(({ body }) => body.certificate?.assurance)
        .filter(Boolean),
    ).toEqual(['passphrase', 'local-user']);
    expect((await cli(['audit', 'verify'])).code).toBe(0);
    for (const file of readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.\w+$/u.test(name),
    ))
      expect(readFileSync(join(home, file), 'utf8')).not.toContain('horse');
  });
});

it('on a full disk reading goes on with one warning, and changes are refused', async () => {
  home = newFolder();
  // In blocks of 512 bytes: each file may have 8 kB.
  const child = spawn(
    '/bin/sh',
    ['-c', 'ulimit -f 16; exec "$0" "$@"', process.execPath, BUNDLE, 'stdio', '--sandbox'],
    {
      env: { PATH: process.env['PATH'], WORKOS_MCP_HOME: home },
      stdio: 'pipe',
    },
  );
  const log = { text: '' };
  let rest = '';
  child.stderr.on('data', (chunk: Buffer) => (log.text += chunk));
  const waiting = new Map<number, (line: string) => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) waiting.get(JSON.parse(line).id)?.(line);
  });
  let last = 0;
  const ask = (method: string, params: object) =>
    new Promise<string>((done) => {
      last += 1;
      waiting.set(last, done);
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: last, method, params })}\n`);
    });
  const clientInfo = { name: 'test', version: '1' };
  await ask('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
  for (let call = 0; call < 12; call += 1)
    expect(await ask('tools/call', { name: 'list_workos_organizations', arguments: { limit: 1 } })).toContain(
      'Sample account',
    );
  const refused = await ask('tools/call', {
    name: 'create_workos_organization',
    arguments: { name: 'Unrecorded' },
  });
  expect(refused).toContain('AUDIT_UNAVAILABLE');
  expect(refused).not.toContain(home);
  const listed = await ask('tools/call', {
    name: 'list_workos_organizations',
    arguments: { search: 'Unrecorded' },
  });
  expect(listed).toContain('\\"items\\":[]');
  const ended = new Promise((done) => child.on('close', done));
  child.stdin.end();
  await ended;
  expect(log.text.match(/^warn The audit trail can't be written \(EFBIG\)/gmu)).toHaveLength(1);
  expect((await cli(['audit', 'verify'])).code).toBe(0);
});
