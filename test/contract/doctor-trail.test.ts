import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditFiles, CALL, cliIn, copyOf, newFolder } from '../support/audit-files.ts';
import { askDoctor } from '../support/doctor.ts';

describe('the audit trail', () => {
  it('with an altered record fails, and names it', async () => {
    const home = newFolder();
    await cliIn(home, CALL);
    const spoilt = copyOf(home);
    const [file = ''] = auditFiles(spoilt);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"kind":"outcome"', '"kind":"0utcome"'));
    const { code, of } = await askDoctor({ WORKOS_MCP_HOME: spoilt }, '--offline');
    expect(of('audit trail')).toMatchObject([
      { status: 'fail', found: expect.stringMatching(/tampered: .* at record \d/u) },
    ]);
    expect(code).toBe(1);
  });

  it('with a torn last line is worth a look', async () => {
    const home = newFolder();
    await cliIn(home, CALL);
    appendFileSync(auditFiles(home)[0] ?? '', '{"v":1');
    const { code, of } = await askDoctor({ WORKOS_MCP_HOME: home }, '--offline');
    expect(of('audit trail')).toMatchObject([
      { status: 'warn', found: expect.stringContaining('never finished') },
    ]);
    expect(code).toBe(0);
  });

  it('whose public keys are gone is worth a look, and the fix is to restore them', async () => {
    const home = newFolder();
    await cliIn(home, CALL);
    const ask = async () => (await askDoctor({ WORKOS_MCP_HOME: home }, '--offline')).of('audit trail');
    const [keys, elsewhere] = [join(home, 'keys'), join(newFolder(), 'keys')];
    renameSync(keys, elsewhere);
    expect(await ask()).toMatchObject([
      {
        status: 'warn',
        found: expect.stringContaining('is not at hand'),
        fix: 'Restore keys/*.pub in the state directory from the copy that is kept elsewhere.',
      },
    ]);
    renameSync(elsewhere, keys);
    expect(await ask()).toMatchObject([{ status: 'ok' }]);
  });
});

it('a passphrase that does not open the vault fails, and one that is missing is worth a look', async () => {
  const home = newFolder();
  const ask = (passphrase?: string) =>
    askDoctor(
      { WORKOS_MCP_HOME: home, ...(passphrase !== undefined && { WORKOS_MCP_PASSPHRASE: passphrase }) },
      '--offline',
    );
  expect((await ask('correct horse')).of('vault')).toEqual([]);
  await cliIn(home, CALL, { WORKOS_MCP_PASSPHRASE: 'correct horse' });
  const right = await ask('correct horse');
  expect(right.of('vault')).toMatchObject([{ status: 'ok' }]);
  expect(right.code).toBe(0);
  const fix = 'Set WORKOS_MCP_PASSPHRASE to the passphrase the vault was made with.';
  const wrong = await ask('wrong horse');
  expect(wrong.of('vault')).toMatchObject([{ status: 'fail', fix }]);
  expect(wrong.code).toBe(1);
  expect(wrong.output).not.toContain('horse');
  const missing = await ask();
  expect(missing.of('vault')).toMatchObject([{ status: 'warn', fix }]);
  expect(missing.code).toBe(0);
});
