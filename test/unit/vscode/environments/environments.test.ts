import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../../../src/vscode/environments/environments.ts';
import { openEnvironments as open, storage } from '../support.ts';

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

  it('tells of keys that change elsewhere, and of no other secret', async () => {
    const { environments, fired } = open();
    await environments.secretChanged('someone.else');
    expect(fired.count).toBe(0);
    await environments.secretChanged('workos.apiKey.1');
    expect(fired.count).toBe(1);
  });

  it('takes no notice of the echo of its own writes', async () => {
    const { environments, fired } = open();
    const { id } = await environments.add(STAGING, 'sk_test_1');
    await environments.secretChanged(`workos.apiKey.${id}`);
    expect(fired.count).toBe(1);
    await environments.remove(id);
    await environments.secretChanged(`workos.apiKey.${id}`);
    expect(fired.count).toBe(2);
  });

  it('follows another window: environments come and go with their keys', async () => {
    const shared = storage();
    const here = open(shared);
    const there = open(shared).environments;
    const { id } = await there.add(STAGING, 'sk_test_1');
    await here.environments.secretChanged(`workos.apiKey.${id}`);
    await here.environments.activate(id);
    expect(here.environments.active()?.name).toBe('Staging');
    // The list of a window may lag behind: the key alone tells that the environment is gone.
    shared.kept.secrets.delete(`workos.apiKey.${id}`);
    await here.environments.secretChanged(`workos.apiKey.${id}`);
    expect(here.environments.active()).toBeUndefined();
    expect(here.environments.lost()?.name).toBe('Staging');
    expect(here.fired.count).toBe(3);
  });

  it('notices a key that another window replaces', async () => {
    const shared = storage();
    const here = open(shared);
    const { id } = await here.environments.add(STAGING, 'sk_test_1');
    await open(shared).environments.setKey(id, 'sk_test_2');
    await here.environments.secretChanged(`workos.apiKey.${id}`);
    expect(here.fired.count).toBe(2);
    expect(await here.environments.key(id)).toBe('sk_test_2');
  });

  it('brings back what was removed, with its key', async () => {
    const { environments } = open();
    const { id } = await environments.add(STAGING, 'sk_test_1');
    const removed = await environments.remove(id);
    expect(environments.lost()).toBeUndefined();
    await environments.restore(removed!);
    expect(environments.active()).toEqual({ ...STAGING, id });
    expect(await environments.key(id)).toBe('sk_test_1');
  });

  it('leaves an environment active that was chosen before the other came back', async () => {
    const { environments } = open();
    const { id } = await environments.add(STAGING, 'sk_test_1');
    const removed = await environments.remove(id);
    await environments.activate(SAMPLE.id);
    await environments.restore(removed!);
    expect(environments.active()).toEqual(SAMPLE);
    expect(environments.list()).toHaveLength(1);
  });
});
