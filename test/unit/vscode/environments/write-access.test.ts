import { beforeEach, describe, expect, it } from 'vitest';
import type { StoredEnvironment } from '../../../../src/vscode/environments/environments.ts';
import { WRITE_MINUTES, WriteAccess } from '../../../../src/vscode/environments/write-access.ts';
import { HandClock } from '../hand-clock.ts';

const settings = new Map<string, unknown>();
const PRODUCTION: StoredEnvironment = { id: 'p', name: 'Live', kind: 'production', baseUrl: '' };
const OTHER: StoredEnvironment = { ...PRODUCTION, id: 'q' };
const STAGING: StoredEnvironment = { ...PRODUCTION, id: 's', kind: 'staging' };
const MINUTE = 60_000;

beforeEach(() => settings.clear());

function open() {
  const clock = new HandClock();
  const seen: boolean[] = [];
  const writes = new WriteAccess(
    () => ({ get: (name: string) => settings.get(name) as never }),
    () => void seen.push(writes.policy(PRODUCTION).readOnly === undefined),
    clock,
  );
  return { writes, clock, seen };
}

describe('WriteAccess', () => {
  it('keeps production read-only until writes are allowed, for a while and for that environment only', () => {
    const { writes, clock } = open();
    expect(writes.policy(PRODUCTION).readOnly?.hint).toContain('Allow Writes');
    writes.allow(PRODUCTION);
    expect(writes.policy(PRODUCTION)).toEqual({});
    expect(writes.policy(OTHER).readOnly).toBeDefined();
    clock.pass(WRITE_MINUTES * MINUTE - 1);
    expect(writes.policy(PRODUCTION)).toEqual({});
    clock.pass(1);
    expect(writes.policy(PRODUCTION).readOnly).toBeDefined();
  });

  it('tells by itself when the time is over, and rests then', () => {
    const { writes, clock, seen } = open();
    writes.allow(PRODUCTION);
    expect(seen).toEqual([true]);
    clock.pass(WRITE_MINUTES * MINUTE);
    expect(seen.at(-2)).toBe(true);
    expect(seen.at(-1)).toBe(false);
    expect(clock.waiting).toBe(0);
  });

  it('goes by the time of day: sleeping does not make it longer', () => {
    const { writes, clock, seen } = open();
    writes.allow(PRODUCTION);
    clock.sleep(60 * MINUTE);
    expect(writes.policy(PRODUCTION).readOnly).toBeDefined();
    clock.pass(MINUTE);
    expect(seen.at(-1)).toBe(false);
    expect(clock.waiting).toBe(0);
  });

  it('counts anew when writes are allowed again', () => {
    const { writes, clock } = open();
    writes.allow(PRODUCTION);
    clock.pass(10 * MINUTE);
    writes.allow(PRODUCTION);
    clock.pass(10 * MINUTE);
    expect(writes.until(PRODUCTION)).toBe(clock.now() + 5 * MINUTE);
    expect(clock.waiting).toBe(1);
  });

  it('ends early on demand, for that environment only', () => {
    const { writes, clock, seen } = open();
    writes.allow(PRODUCTION);
    writes.allow(OTHER);
    writes.stop(PRODUCTION);
    expect(seen.at(-1)).toBe(false);
    expect(writes.block(PRODUCTION)).toBe('production');
    expect(writes.block(OTHER)).toBeUndefined();
    writes.stop(OTHER);
    expect(clock.waiting).toBe(0);
  });

  it('leaves nothing running behind', () => {
    const { writes, clock } = open();
    writes.allow(PRODUCTION);
    writes.dispose();
    expect(clock.waiting).toBe(0);
  });

  it('allows writes elsewhere, unless the setting says read-only', () => {
    const { writes } = open();
    expect(writes.policy(STAGING)).toEqual({});
    settings.set('readOnly', true);
    expect(writes.policy(STAGING).readOnly?.hint).toContain('workos.readOnly');
    writes.allow(PRODUCTION);
    expect(writes.block(PRODUCTION)).toBe('setting');
    settings.set('production.allowWrites', true);
    expect(writes.block(PRODUCTION)).toBe('setting');
  });

  it('takes the setting for production at its word', () => {
    settings.set('production.allowWrites', true);
    expect(open().writes.policy(PRODUCTION)).toEqual({});
  });
});
