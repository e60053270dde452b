import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKillSwitch, type KillSwitch } from '../../../../src/access/kill-switch.ts';
import { openStateDir } from '../../../../src/access/state-dir.ts';
import { bundledLock } from '../../../../src/lock/bundled.ts';
import { type Lock, lockText } from '../../../../src/lock/digests.ts';
import { LockGuard } from '../../../../src/vscode/serving/lock-guard.ts';
import { Serving } from '../../../../src/vscode/serving/serving.ts';

const FIRST = 'list_workos_organizations';
let dir: string;
let kill: KillSwitch;
let changes: number;
let setting: string | undefined;
let lock: LockGuard;
let serving: Serving;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'serving-'));
  kill = createKillSwitch(openStateDir(join(dir, 'state')));
  changes = 0;
  setting = undefined;
  lock = new LockGuard({ file: () => setting, changed: () => void (changes += 1) });
  serving = new Serving(kill, lock);
});
afterEach(() => {
  kill.close();
  rmSync(dir, { recursive: true });
});

function pin(text: string): string {
  const file = join(dir, 'pinned.lock');
  writeFileSync(file, text);
  return file;
}

const differing: Lock = {
  ...bundledLock,
  tools: {
    ...bundledLock.tools,
    [FIRST]: { ...bundledLock.tools[FIRST], description: 'sha256:'.padEnd(71, '0') },
  },
};

describe('a window', () => {
  it('serves while nothing speaks against it', () => {
    setting = pin(lockText(bundledLock));
    expect([serving.halt(), serving.halted(), serving.known(), changes]).toEqual([
      undefined,
      false,
      undefined,
      0,
    ]);
    serving.requireLocked();
  });

  it('serves nothing while the kill switch is on', () => {
    kill.kill('test');
    expect([serving.halt(), serving.halted(), serving.known()]).toEqual(['stopped', true, 'stopped']);
    kill.resume();
    expect(serving.halt()).toBeUndefined();
  });

  it('is quarantined where a decoy was seen, and serves nothing', () => {
    kill.kill('test', { decoy: 'token', where: 'a test' });
    expect([serving.halt(), serving.halted(), serving.known()]).toEqual(['quarantined', true, 'quarantined']);
  });

  it('serves nothing while the pinned lockfile differs, and tells once when that begins and ends', () => {
    setting = pin(lockText(differing));
    expect(serving.known()).toBeUndefined();
    expect(changes).toBe(0);
    expect([serving.halt(), serving.known(), serving.halt()]).toEqual(['locked', 'locked', 'locked']);
    expect(changes).toBe(1);
    expect(lock.known?.changes).toEqual([`${FIRST}: description changed`]);
    expect(() => serving.requireLocked()).toThrow(expect.objectContaining({ code: 'LOCK_MISMATCH' }));
    // Renewed on the disk, the setting as it was.
    pin(`${lockText(bundledLock)} `);
    expect(serving.halt()).toBeUndefined();
    expect(changes).toBe(2);
  });

  it('is stopped rather than locked when it is both', () => {
    setting = pin(lockText(differing));
    serving.halt();
    kill.kill('test');
    expect([serving.halt(), serving.known()]).toEqual(['stopped', 'stopped']);
  });

  it.each([
    ['missing', () => join(dir, 'none.lock'), 'does not exist'],
    ['no lockfile', () => pin('{}'), 'is no lockfile'],
    ['a folder', () => dir, 'it is a folder'],
    ['relative', () => 'pinned.lock', 'needs an absolute path'],
  ])('serves nothing when the file is %s', (_what, file, why) => {
    setting = file();
    expect(serving.halt()).toBe('locked');
    expect(lock.known?.message).toContain(why);
  });

  it('looks below the home folder for ~/', () => {
    setting = `~/${relative(homedir(), pin(lockText(differing)))}`;
    expect(serving.halt()).toBe('locked');
    expect(lock.known?.changes).toHaveLength(1);
  });
});
