import { describe, expect, it } from 'vitest';
import { Environments, SAMPLE } from '../../../src/vscode/environments.ts';

function storage() {
  const secrets = new Map<string, string>();
  const state = new Map<string, unknown>();
  return {
    kept: { secrets, state },
    api: {
      secrets: {
        get: async (key: string) => secrets.get(key),
        store: async (key: string, value: string) => void secrets.set(key, value),
        delete: async (key: string) => void secrets.delete(key),
      },
      state: {
        get: <T>(key: string, fallback?: T) => (state.get(key) ?? fallback) as T,
        update: async (key: string, value: unknown) => void state.set(key, value),
      },
    },
  };
}

function open(kept = storage()) {
  const fired = { count: 0 };
  const changed = { event: () => ({ dispose: () => undefined }), fire: () => void (fired.count += 1) };
  return { environments: new Environments(kept.api, changed), fired, ...kept };
}

const STAGING = { name: 'Staging', kind: 'staging', baseUrl: 'https://api.workos.com' } as const;

describe('Environments', () => {
  it('keeps a key in the secret storage and nowhere else', async () => {
    const { environments, kept, fired } = open();
    const added = await environments.add(STAGING, 'sk_test_canary');
    expect(await environments.key(added.id)).toBe('sk_test_canary');
    expect([...kept.secrets.keys()]).toEqual([`workos.apiKey.${added.id}`]);
    expect(JSON.stringify([...kept.state])).not.toContain('canary');
    expect(fired.count).toBe(1);
  });

  it('is per window: a new one takes the last used, an open one keeps its own', async () => {
    const shared = storage();
    const first = open(shared).environments;
    const { id } = await first.add(STAGING, 'sk_test_1');
    const second = open(shared).environments;
    expect(second.active()?.id).toBe(id);
    await second.activate(SAMPLE.id);
    expect(first.active()?.id).toBe(id);
    expect(open(shared).environments.active()).toEqual(SAMPLE);
  });

  it('forgets an environment with its key', async () => {
    const { environments, kept } = open();
    const { id } = await environments.add(STAGING, 'sk_test_1');
    await environments.remove(id);
    expect(environments.list()).toEqual([]);
    expect(environments.active()).toBeUndefined();
    expect(kept.secrets.size).toBe(0);
  });

  it('tells of keys that change elsewhere, and of no other secret', () => {
    const { environments, fired } = open();
    environments.keyChanged('someone.else');
    expect(fired.count).toBe(0);
    environments.keyChanged('workos.apiKey.1');
    expect(fired.count).toBe(1);
  });
});
