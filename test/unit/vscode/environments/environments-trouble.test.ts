import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../../../src/vscode/environments/environments.ts';
import { openEnvironments, storage, windows } from '../support.ts';

const STAGING = { name: 'Staging', kind: 'staging', baseUrl: 'https://api.workos.com' } as const;
const LIVE = { ...STAGING, name: 'Live', kind: 'production' } as const;
const names = ({ environments }: ReturnType<typeof openEnvironments>) =>
  environments.list().map(({ name }) => name);

describe('two windows whose states overwrite each other', () => {
  async function overwritten() {
    const machine = windows();
    const one = openEnvironments(machine.open());
    const two = openEnvironments(machine.open());
    const { id } = await one.environments.add(STAGING, 'sk_test_1');
    // The list of the first has not arrived: this writes the old one over it.
    await two.environments.activate(SAMPLE.id);
    machine.deliver();
    return { machine, one, two, id };
  }

  it('keep an environment that one of them added', async () => {
    const { one, two, id } = await overwritten();
    expect(names(one)).toEqual(['Staging']);
    await two.environments.secretChanged(`workos.apiKey.${id}`);
    expect(names(two)).toEqual(['Staging']);
    expect(await two.environments.key(id)).toBe('sk_test_1');
  });

  it('bring it back into the list when they write next, for editors that list no secrets', async () => {
    const { machine, two, id } = await overwritten();
    expect(names(openEnvironments(machine.open()))).toEqual([]);
    await two.environments.secretChanged(`workos.apiKey.${id}`);
    await two.environments.activate(SAMPLE.id);
    expect(names(openEnvironments(machine.open()))).toEqual(['Staging']);
  });

  it('leave nothing that a window opened later could not find', async () => {
    const { machine, id } = await overwritten();
    const later = openEnvironments(machine.open());
    await later.environments.recover();
    expect(later.environments.list()).toEqual([{ ...STAGING, id }]);
    expect(later.fired.count).toBe(1);
    expect(names(openEnvironments(machine.open()))).toEqual(['Staging']);
  });

  it('do not bring back what one of them removed', async () => {
    const { machine, one, two, id } = await overwritten();
    await two.environments.secretChanged(`workos.apiKey.${id}`);
    await two.environments.remove(id);
    await one.environments.secretChanged(`workos.apiKey.${id}`);
    await one.environments.activate(SAMPLE.id);
    expect(names(one)).toEqual([]);
    const later = openEnvironments(machine.open());
    await later.environments.recover();
    expect(names(later)).toEqual([]);
    expect(machine.secrets.size).toBe(0);
  });
});

describe('a secret storage or state that fails', () => {
  const locked = () => Promise.reject(new Error('keyring locked'));

  it('leaves no environment behind whose key could not be stored', async () => {
    const shared = storage();
    const { environments, fired } = openEnvironments({ ...shared, api: failing(shared, { store: locked }) });
    await expect(environments.add(STAGING, 'sk_test_1')).rejects.toThrow('keyring locked');
    expect([environments.list(), environments.active(), fired.count]).toEqual([[], undefined, 0]);
    expect(shared.kept.state.size).toBe(0);
  });

  it('leaves no key behind whose environment could not be listed', async () => {
    const shared = storage();
    const state = { ...shared.api.state, update: locked };
    const { environments } = openEnvironments({ ...shared, api: { ...shared.api, state } });
    await expect(environments.add(STAGING, 'sk_test_1')).rejects.toThrow('keyring locked');
    expect(shared.kept.secrets.size).toBe(0);
    expect(environments.list()).toEqual([]);
  });

  it('keeps an environment whose key could not be deleted', async () => {
    const shared = storage();
    const { id } = await openEnvironments(shared).environments.add(STAGING, 'sk_test_1');
    const { environments } = openEnvironments({ ...shared, api: failing(shared, { delete: locked }) });
    await expect(environments.remove(id)).rejects.toThrow('keyring locked');
    expect(environments.active()).toEqual({ ...STAGING, id });
    expect(await environments.key(id)).toBe('sk_test_1');
  });

  it('tells of a removal all the same when only the list could not be written', async () => {
    const shared = storage();
    const { id } = await openEnvironments(shared).environments.add(STAGING, 'sk_test_1');
    const state = { ...shared.api.state, update: locked };
    const { environments, fired } = openEnvironments({ ...shared, api: { ...shared.api, state } });
    await expect(environments.remove(id)).rejects.toThrow('keyring locked');
    expect([environments.list(), environments.active(), fired.count]).toEqual([[], undefined, 1]);
  });

  it('does not take a key for known that was never stored', async () => {
    const shared = storage();
    const there = openEnvironments(shared).environments;
    const { id } = await there.add(STAGING, 'sk_test_1');
    const here = openEnvironments({ ...shared, api: failing(shared, { store: locked }) });
    await expect(here.environments.setKey(id, 'sk_test_2')).rejects.toThrow('keyring locked');
    await there.setKey(id, 'sk_test_2');
    await here.environments.secretChanged(`workos.apiKey.${id}`);
    expect(here.fired.count).toBe(1);
  });

  function failing(shared: ReturnType<typeof storage>, broken: object) {
    return { ...shared.api, secrets: { ...shared.api.secrets, ...broken } };
  }
});

describe('stored data', () => {
  it.each([
    ['no list', 'nonsense'],
    ['an object', { length: 1, 0: { ...STAGING, id: '1' } }],
    ['entries that are none', [null, 7, 'x', {}, { ...STAGING }, { ...STAGING, id: 1 }]],
    ['an address no key may go to', [{ ...STAGING, id: '1', baseUrl: 'http://api.example.com' }]],
    ['an address that is none', [{ ...STAGING, id: '1', baseUrl: '' }]],
  ])('is left out where it is %s', (_what, stored) => {
    const shared = storage();
    shared.kept.state.set('workos.environments', stored);
    shared.kept.state.set('workos.lastEnvironment', { id: 1 });
    const { environments } = openEnvironments(shared);
    expect(environments.list()).toEqual([]);
    expect(environments.active()).toBeUndefined();
  });

  it('of an unknown kind counts as production', () => {
    const shared = storage();
    shared.kept.state.set('workos.environments', [null, { ...STAGING, id: '1', kind: 'preview', more: 1 }]);
    expect(openEnvironments(shared).environments.list()).toEqual([
      { ...STAGING, id: '1', kind: 'production' },
    ]);
  });

  it.each(['sk_test_bare', '{"key":"sk_test_1"}', '[]', JSON.stringify(STAGING)])(
    'in a secret that is none of ours is no environment: %s',
    async (text) => {
      const shared = storage();
      shared.kept.secrets.set('workos.apiKey.1', text);
      const { environments } = openEnvironments(shared);
      await environments.recover();
      expect(environments.list()).toEqual([]);
      expect(await environments.key('1')).toBeUndefined();
    },
  );
});

describe('after the active environment was removed', () => {
  it('a new window takes another one, if there is one', async () => {
    const shared = storage();
    const { environments } = openEnvironments(shared);
    const staging = await environments.add(STAGING, 'sk_test_1');
    const live = await environments.add(LIVE, 'sk_live_1');
    await environments.remove(live.id);
    expect(environments.active()).toBeUndefined();
    expect(openEnvironments(shared).environments.active()).toEqual(staging);
    await environments.remove(staging.id);
    expect(openEnvironments(shared).environments.active()).toBeUndefined();
    expect(openEnvironments(shared, SAMPLE).environments.active()).toEqual(SAMPLE);
  });

  it('a new window keeps the last used one when it is still there', async () => {
    const shared = storage();
    const { environments } = openEnvironments(shared);
    const { id } = await environments.add(STAGING, 'sk_test_1');
    await environments.activate(SAMPLE.id);
    await environments.remove(id);
    expect(openEnvironments(shared).environments.active()).toEqual(SAMPLE);
  });

  it('its key is not replaced any more', async () => {
    const shared = storage();
    const { environments } = openEnvironments(shared);
    const { id } = await environments.add(STAGING, 'sk_test_1');
    await environments.remove(id);
    expect(await environments.setKey(id, 'sk_test_2')).toBe(false);
    expect(shared.kept.secrets.size).toBe(0);
  });
});
