import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditFiles, auditRecords, CALL, cliIn, copyOf, newFolder } from '../support/audit-files.ts';
import { NODE_22, requireBundle } from '../support/bundle.ts';
import { runCli } from '../support/cli.ts';

const VERIFIER = resolve(import.meta.dirname, '../../dist/audit-verify.js');
let home: string;
const cli = (args: readonly string[]) => cliIn(home, args);
beforeAll(async () => {
  requireBundle();
  home = newFolder();
  await cli(CALL);
  await cli(['call', 'create_workos_organization', '{"name":"X"}', '--sandbox', '--read-only']);
});

describe('audit verify', () => {
  it('says that what was recorded is intact', async () => {
    const { code, stdout } = await cli(['audit', 'verify']);
    expect(code).toBe(0);
    expect(stdout).toContain('assurance local-user');
    expect(stdout).toMatch(/^intact: 2 chains, 9 records$/mu);
    expect(auditRecords(home).map(({ kind }) => kind)).toEqual([
      'start',
      'intent',
      'outcome',
      'stop',
      'start',
      // Of another policy than the call before: this one only reads.
      'event',
      'intent',
      'outcome',
      'stop',
    ]);
    expect(auditRecords(home)[7]?.body).toMatchObject({ status: 'READ_ONLY', decision: 'deny' });
  });

  it('names what was done to a file, and the key and the checkpoint that show it', async () => {
    const spoilt = copyOf(home);
    const [file] = auditFiles(spoilt);
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
    [['audit', 'export', '--since', '2026-02-31'], /--since takes/u],
    [['audit', 'verify', '--since', '1d'], /--since goes with export and evidence\./u],
    [['audit', 'tail', '--format', 'csv'], /--format goes with export\./u],
    [['audit', 'export', '--json'], /--json goes with verify and tail\./u],
    [['audit', 'evidence', 'x.zip', '--fast'], /--key, --checkpoint and --fast go with verify\./u],
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
    const spoilt = copyOf(home);
    appendFileSync(auditFiles(spoilt)[1]!, '{}\n');
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
      chains: [{ verdict: 'intact' }, { problem: { kind: 'altered', seq: 5 } }],
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
