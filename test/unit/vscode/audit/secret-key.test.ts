import { describe, expect, it } from 'vitest';
import { StateError } from '../../../../src/access/state-error.ts';
import { openMasterKey } from '../../../../src/audit/master-key.ts';
import { AUDIT_SECRET, secretKey, type SecretKeyOptions } from '../../../../src/vscode/audit/secret-key.ts';
import { newHome } from '../../audit/support.ts';
import { storage } from '../support.ts';

const open = (secrets: SecretKeyOptions['secrets'], dir = newHome(), patienceMs = 5_000) =>
  openMasterKey(secretKey({ dir, secrets, patienceMs, settleMs: 1 }));

describe('the master key in the secret storage', () => {
  it('is made once and found by every window afterwards', async () => {
    const { api, kept } = storage();
    const first = await open(api.secrets);
    expect(first.assurance).toBe('secret-storage');
    expect(kept.secrets.get(AUDIT_SECRET)).toMatch(/^[0-9a-f]{64}$/u);
    expect((await open(api.secrets)).kid).toBe(first.kid);
  });

  it('is one, though many windows look for it for the first time at once', async () => {
    const { api } = storage();
    const dir = newHome();
    const slow = {
      ...api.secrets,
      store: async (key: string, value: string) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        await api.secrets.store(key, value);
      },
    };
    const keys = await Promise.all(Array.from({ length: 8 }, () => open(slow, dir)));
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
  });

  it('is not replaced when the secret holds something else', async () => {
    const { api, kept } = storage();
    kept.secrets.set(AUDIT_SECRET, 'not a key');
    await expect(open(api.secrets)).rejects.toThrow(StateError);
    expect(kept.secrets.get(AUDIT_SECRET)).toBe('not a key');
  });

  it('is told to be out of reach when the storage fails, or does not answer; that is asked once', async () => {
    const { api } = storage();
    const failing = { ...api.secrets, get: async () => Promise.reject(new Error('locked')) };
    await expect(open(failing)).rejects.toThrow('does not answer');
    let asked = 0;
    const answer = Promise.withResolvers<string | undefined>();
    const silent = {
      ...api.secrets,
      get: () => {
        asked += 1;
        return answer.promise;
      },
    };
    const store = secretKey({ dir: newHome(), secrets: silent, patienceMs: 20, settleMs: 1 });
    await expect(store.findOrKeep(Buffer.alloc(32))).rejects.toThrow(StateError);
    await expect(store.findOrKeep(Buffer.alloc(32))).rejects.toThrow(StateError);
    expect(asked).toBe(1);
    answer.resolve('ab'.repeat(32));
    await expect.poll(() => store.findOrKeep(Buffer.alloc(32)).catch(() => undefined)).toBeDefined();
    expect(Buffer.from(await store.findOrKeep(Buffer.alloc(32))).toString('hex')).toBe('ab'.repeat(32));
  });
});
