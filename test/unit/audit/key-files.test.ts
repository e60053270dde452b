import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StateDir } from '../../../src/access/state-dir.ts';
import { keyFile, vault as costlyVault } from '../../../src/audit/key-files.ts';
import { masterKeyFrom, type MasterStore, openMasterKey } from '../../../src/audit/master-key.ts';
import { auditOf, INTACT, newHome, trailIn, verdictOn } from './support.ts';

/** Of a passphrase that is quick to try. */
const vault = (dir: StateDir, passphrase: string) => costlyVault(dir, passphrase, { N: 2 ** 10, r: 8, p: 1 });

describe('the key file', () => {
  it('is made once, whoever comes first, and is for this user only', async () => {
    const dir = newHome();
    const keys = await Promise.all([1, 2, 3].map(() => openMasterKey(keyFile(dir))));
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
    expect(keys[0]!.assurance).toBe('local-user');
    expect(statSync(join(dir.path, 'audit-key.json')).mode & 0o777).toBe(0o600);
  });

  it('is never replaced when it can not be read', async () => {
    const dir = newHome();
    await openMasterKey(keyFile(dir));
    truncateSync(join(dir.path, 'audit-key.json'), 20);
    const half = readFileSync(join(dir.path, 'audit-key.json'), 'utf8');
    await expect(openMasterKey(keyFile(dir))).rejects.toThrow(/does not hold a key/u);
    expect(readFileSync(join(dir.path, 'audit-key.json'), 'utf8')).toBe(half);
  });
});

describe('the vault', () => {
  it('opens with its passphrase only, and holds nothing in clear', async () => {
    const dir = newHome();
    const { kid, assurance } = await openMasterKey(costlyVault(dir, 'correct horse'));
    expect(assurance).toBe('passphrase');
    expect((await openMasterKey(vault(dir, 'correct horse'))).kid).toBe(kid);
    await expect(openMasterKey(vault(dir, 'wrong horse'))).rejects.toThrow('does not open');
    const content = JSON.parse(readFileSync(join(dir.path, 'audit-vault.json'), 'utf8'));
    expect(content.N, 'guessing is slow').toBe(2 ** 17);
    expect(Object.keys(content).sort()).toEqual([
      'N',
      'kdf',
      'nonce',
      'p',
      'r',
      'salt',
      'sealed',
      'tag',
      'v',
    ]);
  });

  it('is not opened when any part of it was changed', async () => {
    const dir = newHome();
    await openMasterKey(vault(dir, 'correct horse'));
    const file = join(dir.path, 'audit-vault.json');
    const content = JSON.parse(readFileSync(file, 'utf8'));
    for (const part of ['sealed', 'tag', 'nonce', 'salt']) {
      const changed = (content[part].startsWith('0') ? '1' : '0') + content[part].slice(1);
      writeFileSync(file, JSON.stringify({ ...content, [part]: changed }));
      await expect(openMasterKey(vault(dir, 'correct horse'))).rejects.toThrow('does not open');
    }
  });

  it('signs what verifies as any other chain, and a wrong passphrase ends the start', async () => {
    const dir = newHome();
    const open = (passphrase: string) =>
      trailIn(dir, { master: () => openMasterKey(vault(dir, passphrase)) });
    await (await open('correct horse')).close();
    expect(verdictOn(auditOf(dir))).toEqual(INTACT);
    await expect(open('wrong horse')).rejects.toThrow('does not open');
  });
});

it('another store of the 32 bytes does as well', async () => {
  const secrets = new Map<string, Uint8Array>();
  const store: MasterStore = {
    assurance: 'secret-storage',
    findOrKeep: async (fresh) => secrets.get('key') ?? (secrets.set('key', fresh), fresh),
  };
  const first = await openMasterKey(store);
  expect((await openMasterKey(store)).kid).toBe(first.kid);
  const [one, two] = [first.derive('a', 'chain'), first.derive('b', 'chain')];
  expect(one).not.toEqual(two);
  expect(first.derive('a', 'other chain')).not.toEqual(one);
  expect(() => masterKeyFrom(new Uint8Array(31), 'local-user')).toThrow(/32 bytes/u);
});
