import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../../src/vscode/environments.ts';
import { openEnvironments as open, storage } from './support.ts';

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

  it('starts on the given one, for a person who has not used any', async () => {
    const shared = storage();
    expect(open(shared, SAMPLE).environments.active()).toEqual(SAMPLE);
    const { id } = await open(shared).environments.add(STAGING, 'sk_test_1');
    expect(open(shared, SAMPLE).environments.active()?.id).toBe(id);
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
