import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLock } from '../../../src/access/file-lock.ts';
import { startProcess } from './support.ts';

const newLock = () => join(mkdtempSync(join(tmpdir(), 'lock-')), 'file.lock');
const LONG_AGO = new Date(Date.now() - 60_000);

async function deadPid(): Promise<number> {
  const { child } = startProcess('file-lock.ts', '');
  await new Promise((resolve) => child.once('close', resolve));
  return child.pid!;
}

describe('a lock', () => {
  it('is there during the work, and gone afterwards, even when the work fails', async () => {
    const path = newLock();
    expect(await withLock(path, (mine) => [existsSync(path), mine()])).toEqual([true, true]);
    expect(existsSync(path)).toBe(false);
    await expect(
      withLock(path, () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(existsSync(path)).toBe(false);
  });

  it('of a process that is gone is broken', async () => {
    const path = newLock();
    writeFileSync(path, `${await deadPid()} ${hostname()} x`);
    expect(await withLock(path, () => 'done')).toBe('done');
    expect(existsSync(`${path}.break`)).toBe(false);
  });

  it('that is a minute old is broken, whoever holds it, even if its breaker died', async () => {
    const path = newLock();
    for (const file of [path, `${path}.break`]) {
      writeFileSync(file, `${process.pid} ${hostname()} x`);
      utimesSync(file, LONG_AGO, LONG_AGO);
    }
    expect(await withLock(path, () => 'done')).toBe('done');
  });

  it.each([
    ['of a running process', () => `${process.pid} ${hostname()} x`],
    ['of another machine, whose numbers say nothing', () => '999999999 elsewhere x'],
    ['that is being written', () => ''],
  ])('%s is waited for', async (_what, content) => {
    const path = newLock();
    writeFileSync(path, content());
    const order: string[] = [];
    const waiting = withLock(path, () => void order.push('mine'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(readFileSync(path, 'utf8')).toBe(content());
    order.push('released');
    // As its owner does when it is done.
    rmSync(path);
    await waiting;
    expect(order).toEqual(['released', 'mine']);
  });

  it('that was taken over is left to who has it', async () => {
    const path = newLock();
    await withLock(path, (mine) => {
      writeFileSync(path, 'another');
      expect(mine()).toBe(false);
    });
    expect(readFileSync(path, 'utf8')).toBe('another');
  });

  it('that can not be made is an error', async () => {
    await expect(withLock(join(newLock(), 'below'), () => 1)).rejects.toThrow(/Can't write .*ENO/u);
  });
});
