import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditFiles, auditRecords, CALL, cliIn, copyOf, newFolder } from '../support/audit-files.ts';
import { requireBundle } from '../support/bundle.ts';
import { unpack } from '../support/unpack.ts';

const run = promisify(execFile);
const OTHER_KEY = resolve(import.meta.dirname, '../vectors/audit/other-master.pub');
let home: string;
let folder: string;
let names: string[];

/** What the verifier inside the bundle says of it. */
async function verified(bundle: string, ...flags: string[]) {
  const file = join(folder, 'audit-verify.js');
  try {
    return { code: 0, ...(await run(process.execPath, [file, bundle, ...flags])) };
  } catch (thrown) {
    return thrown as { code: number; stdout: string };
  }
}

beforeAll(async () => {
  requireBundle();
  [home, folder] = [newFolder(), newFolder()];
  await cliIn(home, CALL);
  const file = join(newFolder(), 'evidence.zip');
  const made = await cliIn(home, ['audit', 'evidence', file]);
  if (made.code !== 0 || !made.stderr.includes('2 chains')) throw new Error(made.stderr);
  names = unpack(readFileSync(file), folder);
});

describe('audit evidence', () => {
  it('bundles what an auditor needs', () => {
    const [kid] = /[0-9a-f]{32}(?=\.pub)/u.exec(names.join('\n'))!;
    expect(names).toEqual(
      expect.arrayContaining([
        'HOW-TO-VERIFY.md',
        'audit-format.md',
        'audit-verify.js',
        'coverage.json',
        'workos-mcp.lock',
        `keys/${kid}.pub`,
        'manifest.json',
        'manifest.json.sig',
      ]),
    );
    const chains = names.filter((name) => name.endsWith('.jsonl'));
    expect(chains).toHaveLength(auditFiles(home).length);
    expect(names.filter((name) => name.startsWith('audit/checkpoints/'))).toHaveLength(1);
    const coverage = JSON.parse(readFileSync(join(folder, 'coverage.json'), 'utf8'));
    expect(coverage).toMatchObject({ calls: 1, calls_without_outcome: 0, records: 5 });
    expect(coverage.chains[0].assurance).toEqual(['local-user']);
    expect(coverage.not_covered.join('\n')).toContain('ran when this was made');
    const texts = ['HOW-TO-VERIFY.md', 'coverage.json'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    );
    expect(texts.join('\n')).toContain('supports evidence for');
    expect(texts.join('\n')).not.toMatch(/complian|konform/iu);
  });

  it('is recorded, with the hash of the manifest that was made', async () => {
    const { stdout } = await run('openssl', ['dgst', '-sha256', '-r', join(folder, 'manifest.json')]);
    const exported = auditRecords(home).find(({ kind }) => kind === 'export');
    expect(exported?.body).toMatchObject({ format: 'evidence', manifest: stdout.split(' ')[0] });
  });

  it('holds by its own verifier, by that of the program, and by OpenSSL as it is told in it', async () => {
    const own = await verified(folder);
    expect(own.stdout).toContain('intact: 2 chains, 5 records');
    expect(own.code).toBe(0);
    const key = join(home, 'keys', names.find((name) => name.startsWith('keys/'))!.slice(5));
    expect((await cliIn(newFolder(), ['audit', 'verify', folder, '--key', key])).code).toBe(0);
    const guide = readFileSync(join(folder, 'HOW-TO-VERIFY.md'), 'utf8');
    const [signature = '', hashes = '', others = ''] = guide.match(/^(?:openssl pkeyutl|\[ ").+$/gmu)!;
    const answers = (command: string, cwd: string) =>
      run('sh', ['-c', command], { cwd }).then(
        ({ stdout }) => stdout,
        () => 'no',
      );
    expect(await answers(signature, folder)).toContain('Signature Verified');
    expect(await answers(hashes, folder)).toBe('Hashes OK\n');
    expect(await answers(others, folder)).toBe('Nothing else OK\n');
    const more = copyOf(folder);
    writeFileSync(join(more, 'audit/manifest.json'), '');
    expect([await answers(hashes, more), await answers(others, more)]).toEqual(['Hashes OK\n', 'no']);
    const altered = copyOf(folder);
    appendFileSync(join(altered, 'coverage.json'), ' ');
    expect(await answers(hashes, altered)).toBe('no');
  });

  it('shows a changed byte in any of its files, a file that is gone, and one that came', async () => {
    for (const name of names) {
      const spoilt = copyOf(folder);
      const bytes = readFileSync(join(spoilt, name));
      const at = Math.floor(bytes.length / 2);
      bytes[at] = bytes[at]! ^ 1;
      writeFileSync(join(spoilt, name), bytes);
      expect((await verified(spoilt)).code, `a byte of ${name}`).toBe(1);
      rmSync(join(spoilt, name));
      expect((await verified(spoilt)).code, `without ${name}`).toBe(1);
      mkdirSync(join(spoilt, name));
      expect((await verified(spoilt)).code, `a folder instead of ${name}`).toBe(1);
    }
    const more = copyOf(folder);
    writeFileSync(join(more, 'audit/more.txt'), '');
    const { code, stdout } = await verified(more);
    expect([code, stdout]).toEqual([1, expect.stringContaining('inserted: audit/more.txt')]);
  });

  it('signed with another key than the one that is known is no evidence', async () => {
    expect(await verified(folder, '--key', OTHER_KEY)).toMatchObject({ code: 1 });
    const stranger = newFolder();
    await cliIn(stranger, CALL);
    const file = join(newFolder(), 'other.zip');
    await cliIn(stranger, ['audit', 'evidence', file]);
    const forged = newFolder();
    unpack(readFileSync(file), forged);
    expect((await verified(forged)).code, 'whole in itself').toBe(0);
    const known = join(home, 'keys');
    const { code, stdout } = await verified(forged, '--key', known);
    expect([code, stdout]).toEqual([1, expect.stringContaining('forged: manifest.json')]);
  });

  it('does not write over a file, and says what it needs', async () => {
    const there = join(newFolder(), 'there.zip');
    writeFileSync(there, '');
    expect(await cliIn(home, ['audit', 'evidence', there])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is already there'),
    });
    expect(await cliIn(home, ['audit', 'evidence'])).toMatchObject({ code: 2 });
    const text = await cliIn(home, ['audit', 'evidence', join(newFolder(), 'ev.txt')]);
    expect([text.code, text.stderr]).toEqual([2, expect.stringContaining('ends in .zip')]);
    const nowhere = join(folder, 'none', 'x.zip');
    expect((await cliIn(home, ['audit', 'evidence', nowhere])).stderr).toContain('There is no folder');
    const soon = ['audit', 'evidence', join(newFolder(), 'x.zip'), '--since', 'soon'];
    expect((await cliIn(home, soon)).code).toBe(2);
  });
});
