import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundledLock } from '../../../src/lock/bundled.ts';
import { type LockRefusal, requireLocked } from '../../../src/lock/check.ts';
import { lockText } from '../../../src/lock/digests.ts';
import { findLock, LockFileError, readLock, writeLock } from '../../../src/lock/file.ts';

const folder = mkdtempSync(join(tmpdir(), 'workos-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'a.lock');
const text = lockText(bundledLock);

const changed = (change: (lock: Record<string, unknown>) => void) => {
  const lock = JSON.parse(text) as Record<string, unknown>;
  change(lock);
  return JSON.stringify(lock);
};

describe('a lockfile', () => {
  it('is read as it was written', () => {
    writeLock(file, bundledLock);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(readLock(file)).toEqual(bundledLock);
  });

  it.each([
    ['with the line ends of Windows', text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\uFEFF${text}`],
    ['on one line', JSON.stringify(bundledLock)],
  ])('%s is the same', (_what, content) => {
    writeFileSync(file, content);
    expect(readLock(file)).toEqual(bundledLock);
    expect(() => requireLocked({ pinned: file })).not.toThrow();
  });
});

describe('what is no lockfile says so', () => {
  it.each([
    ['', 'is no lockfile of workos-mcp: it is not JSON.'],
    [text.slice(0, -10), 'is no lockfile of workos-mcp: it is not JSON.'],
    [`<<<<<<< HEAD\n${text}`, 'is no lockfile of workos-mcp: it is not JSON.'],
    ['null', 'is no lockfile of workos-mcp.'],
    ['{}', 'is no lockfile of workos-mcp: look at "instructions".'],
    [readFileSync('package-lock.json', 'utf8'), 'is no lockfile of workos-mcp: look at "instructions".'],
    [changed((lock) => (lock['tools'] = { a: { b: 'sha256:' } })), 'look at "tools.a.b".'],
    [changed((lock) => (lock['instructions'] = 'sha256:'.padEnd(71, 'A'))), 'look at "instructions".'],
    [changed((lock) => (lock['time'] = 'now')), 'is no lockfile of workos-mcp.'],
    [changed((lock) => (lock['lockfileVersion'] = 2)), 'has lockfileVersion 2; this version knows 1.'],
  ])('%#', (content, reason) => {
    writeFileSync(file, content);
    expect(() => findLock(file)).toThrow(LockFileError);
    expect(() => findLock(file)).toThrow(reason);
    expect(() => requireLocked({ pinned: file })).toThrow(
      expect.objectContaining({ name: 'LockRefusal', file, changes: [] } satisfies Partial<LockRefusal>),
    );
  });

  it('is a folder, or not there', () => {
    expect(() => readLock(folder)).toThrow(`${folder} can't be read: it is a folder.`);
    expect(() => writeLock(folder, bundledLock)).toThrow(`${folder} can't be written: it is a folder.`);
    const missing = join(folder, 'missing', 'a.lock');
    expect(findLock(missing)).toBeUndefined();
    expect(() => readLock(missing)).toThrow(`${missing} does not exist.`);
    expect(() => requireLocked({ pinned: missing })).toThrow(`${missing} does not exist.`);
    expect(() => writeLock(missing, bundledLock)).toThrow("can't be written: its folder does not exist.");
    const inFile = join(file, 'a.lock');
    expect(() => readLock(inFile)).toThrow("can't be read: its folder is a file.");
  });
});
