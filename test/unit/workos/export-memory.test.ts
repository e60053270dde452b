import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createExportMemory, type ExportMemory } from '../../../src/workos/export-memory.ts';
import type { OpenedExport } from '../../../src/workos/port.ts';

const MINUTE = 60_000;
let memory: ExportMemory;
let made: number;

const create = async (): Promise<OpenedExport | undefined> => {
  made += 1;
  return { id: `export_${made}`, key: 'key', range_start: 'a', range_end: 'b' };
};

beforeEach(() => {
  vi.useFakeTimers();
  memory = createExportMemory();
  made = 0;
});
afterEach(() => void vi.useRealTimers());

describe('an export', () => {
  it('is reused for ten minutes and then made anew', async () => {
    const opened = await memory.open('key', create);
    vi.advanceTimersByTime(9.9 * MINUTE);
    expect(await memory.open('key', create)).toBe(opened);
    vi.advanceTimersByTime(0.2 * MINUTE);
    expect(await memory.open('key', create)).toMatchObject({ id: 'export_2' });
    expect(made).toBe(2);
  });

  it('is ten minutes old after ten minutes, however often it was asked for', async () => {
    await memory.open('key', create);
    for (let minute = 0; minute < 11; minute += 1) {
      vi.advanceTimersByTime(MINUTE);
      await memory.open('key', create);
    }
    expect(made).toBe(2);
  });

  it('that two ask for at the same moment is made once', async () => {
    const [one, other, third] = await Promise.all(
      ['key', 'key', 'other'].map((key) => memory.open(key, create)),
    );
    expect(other).toBe(one);
    expect(third).not.toBe(one);
    expect(made).toBe(2);
  });

  it('is made by who waited where it could not be made for the first who asked', async () => {
    const failing = memory.open('key', () => Promise.reject(new Error('cancelled')));
    const others = [memory.open('key', create), memory.open('key', create)];
    await expect(failing).rejects.toThrow('cancelled');
    const [one, other] = await Promise.all(others);
    expect(one).toMatchObject({ id: 'export_1' });
    expect(other).toBe(one);
  });

  it('belongs to its key', async () => {
    await memory.open('a', create);
    expect(await memory.open('b', create)).toMatchObject({ id: 'export_2' });
    expect(await memory.open('a', create)).toMatchObject({ id: 'export_1' });
  });

  it('is found by its id while it is young', async () => {
    const opened = await memory.open('key', create);
    expect(memory.find('export_1')).toBe(opened);
    expect(memory.find('export_2')).toBeUndefined();
    vi.advanceTimersByTime(10.1 * MINUTE);
    expect(memory.find('export_1')).toBeUndefined();
  });

  it('that is forgotten is made anew, the others stay', async () => {
    await memory.open('a', create);
    await memory.open('b', create);
    memory.forget('export_1');
    expect(await memory.open('a', create)).toMatchObject({ id: 'export_3' });
    expect(await memory.open('b', create)).toMatchObject({ id: 'export_2' });
  });

  it('that was empty is not kept', async () => {
    expect(await memory.open('key', async () => undefined)).toBeUndefined();
    expect(await memory.open('key', create)).toMatchObject({ id: 'export_1' });
  });

  it('that could not be made is not kept', async () => {
    await expect(memory.open('key', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await memory.open('key', create)).toMatchObject({ id: 'export_1' });
  });
});
