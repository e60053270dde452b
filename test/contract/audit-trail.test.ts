import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditRecords, CALL, cliIn, newFolder } from '../support/audit-files.ts';
import { requireBundle } from '../support/bundle.ts';
import { fullDisks } from '../support/full-disk.ts';

describe('the vault', () => {
  it('is opened by a passphrase, which no other does, and without one says what it does instead', async () => {
    const home = newFolder();
    const passphrase = { WORKOS_MCP_PASSPHRASE: 'correct horse' };
    expect(await cliIn(home, CALL, passphrase)).toMatchObject({ code: 0, stderr: '' });
    expect((await cliIn(home, ['audit', 'verify'])).stdout).toContain('assurance passphrase');
    const wrong = await cliIn(home, CALL, { WORKOS_MCP_PASSPHRASE: 'wrong horse' });
    expect(wrong).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(
        'does not open the audit vault. Set the passphrase the vault was made with.',
      ),
    });
    const without = await cliIn(home, CALL);
    expect(without).toMatchObject({ code: 0, stderr: expect.stringContaining('stays closed') });
    expect(
      auditRecords(home)
        .map(({ body }) => body.certificate?.assurance)
        .filter(Boolean),
    ).toEqual(['passphrase', 'local-user']);
    expect((await cliIn(home, ['audit', 'verify'])).code).toBe(0);
    for (const file of readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.\w+$/u.test(name),
    ))
      expect(readFileSync(join(home, file), 'utf8')).not.toContain('horse');
  });
});
it('processes that start at the same time share a key, and no file', async () => {
  const home = newFolder();
  const results = await Promise.all([1, 2, 3, 4].map(() => cliIn(home, CALL)));
  expect(results.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
    results.map(() => ({ code: 0, stderr: '' })),
  );
  const { code, stdout } = await cliIn(home, ['audit', 'verify']);
  expect({ code, keys: readdirSync(join(home, 'keys')).length }).toEqual({ code: 0, keys: 1 });
  expect(stdout).toMatch(/^intact: 4 chains, 16 records$/mu);
});

it.each(fullDisks(8, 64))(
  'with $title reading goes on with one warning, and changes are refused',
  async (disk) => {
    const home = newFolder();
    const { file, args } = disk.command(home, [process.execPath, requireBundle(), 'stdio', '--sandbox']);
    const env = { PATH: process.env['PATH'], WORKOS_MCP_HOME: home };
    const child = spawn(file, args, { env, stdio: 'pipe' });
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
    for (let call = 0; call < 30; call += 1)
      expect(
        await ask('tools/call', { name: 'list_workos_organizations', arguments: { limit: 1 } }),
      ).toContain('Sample account');
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
    const warning = new RegExp(`^warn The audit trail can't be written \\(${disk.code}\\)`, 'gmu');
    expect(log.text.match(warning)).toHaveLength(1);
    expect((await cliIn(home, ['audit', 'verify'])).code).toBe(0);
  },
);
