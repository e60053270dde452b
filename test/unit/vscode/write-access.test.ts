import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StoredEnvironment } from '../../../src/vscode/environments.ts';
import { WRITE_MINUTES, WriteAccess } from '../../../src/vscode/write-access.ts';

const settings = new Map<string, unknown>();
const access = () => new WriteAccess(() => ({ get: (name: string) => settings.get(name) as never }));
const PRODUCTION: StoredEnvironment = { id: 'p', name: 'Live', kind: 'production', baseUrl: '' };
const OTHER: StoredEnvironment = { ...PRODUCTION, id: 'q' };
const STAGING: StoredEnvironment = { ...PRODUCTION, id: 's', kind: 'staging' };

beforeEach(() => {
  settings.clear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('WriteAccess', () => {
  it('keeps production read-only until writes are allowed, for a while and for that environment only', () => {
    const writes = access();
    expect(writes.policy(PRODUCTION).readOnly?.hint).toContain('Allow Writes');
    writes.allow(PRODUCTION);
    expect(writes.policy(PRODUCTION)).toEqual({});
    expect(writes.policy(OTHER).readOnly).toBeDefined();
    vi.advanceTimersByTime(WRITE_MINUTES * 60_000);
    expect(writes.policy(PRODUCTION).readOnly).toBeDefined();
  });

  it('allows writes elsewhere, unless the setting says read-only', () => {
    const writes = access();
    expect(writes.policy(STAGING)).toEqual({});
    settings.set('readOnly', true);
    expect(writes.policy(STAGING).readOnly?.hint).toContain('workos.readOnly');
    writes.allow(PRODUCTION);
    expect(writes.policy(PRODUCTION).readOnly).toBeDefined();
  });

  it('takes the setting for production at its word', () => {
    settings.set('production.allowWrites', true);
    expect(access().policy(PRODUCTION)).toEqual({});
  });
});
