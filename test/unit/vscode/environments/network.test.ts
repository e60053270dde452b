import { expect, it } from 'vitest';
import { networkFrom } from '../../../../src/vscode/environments/network.ts';
import { startProxy } from '../../../support/connect-proxy.ts';
import { PERSON, start } from '../account-window.ts';

const AROUND = { HTTPS_PROXY: 'http://around:1', NO_PROXY: 'a.example' };

function from(settings: Record<string, unknown>, environment = {}) {
  const section = (name: string) => ({ get: (key: string) => settings[`${name}.${key}`] as never });
  return networkFrom(section, environment);
}

it.each([
  ['nothing', {}, {}, { through: 'direct', proxy: undefined, noProxy: [] }],
  ['the environment', {}, AROUND, { through: 'direct', proxy: 'http://around:1', noProxy: ['a.example'] }],
  [
    'the settings first',
    { 'http.proxy': ' http://set:2 ', 'http.noProxy': ['b.example', 3] },
    AROUND,
    { through: 'direct', proxy: 'http://set:2', noProxy: ['b.example'] },
  ],
  [
    'the environment where a setting is empty',
    { 'http.proxy': '', 'http.noProxy': [] },
    AROUND,
    { through: 'direct', proxy: 'http://around:1', noProxy: ['a.example'] },
  ],
  [
    'no proxy where the editor has none for extensions',
    { 'http.proxySupport': 'off' },
    AROUND,
    { through: 'direct' },
  ],
  ['the editor', { 'workos.network': 'vscode' }, AROUND, { through: 'editor' }],
  [
    'no answer to whether to check certificates',
    { 'http.proxyStrictSSL': false },
    {},
    { through: 'direct', proxy: undefined, noProxy: [] },
  ],
])('the network comes from %s', (_what, settings, environment, expected) => {
  expect(from(settings, environment)).toEqual(expected);
});

it('a change of it holds for the next call, and for trying a key', async () => {
  let proxy = 'socks5://nowhere:1';
  const window = start({ network: () => ({ proxy }) });
  const stored = { name: 'Real', kind: 'staging', baseUrl: 'https://api.workos.com' } as const;
  await window.environments.add(stored, 'sk_test_x');
  const call = async (invoke = window.accounts.invoke) => {
    const outcome = await invoke('list_workos_organizations', { limit: 1 }, PERSON);
    return outcome.ok ? 'ok' : outcome.error.message;
  };
  expect(await call()).toBe('The address of the proxy must start with http:// or https://.');
  const refusing = await startProxy({ refuse: () => 403 });
  proxy = refusing.url;
  expect(await call()).toContain('refused the connection to api.workos.com:443 (HTTP 403)');
  const account = { ...stored, apiKey: 'sk_test_y' };
  expect(await call(window.accounts.trial(account).invoke)).toContain('HTTP 403');
  expect(refusing.asked).toHaveLength(2);
});
