import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../../../src/vscode/environments/environments.ts';
import { hostedSample, type SampleAddress } from '../../../../src/vscode/environments/sample-account.ts';
import { firstName, renamed, start } from '../account-window.ts';

describe('the sample account', () => {
  it('is started here when nobody hosts one', async () => {
    const window = start();
    await window.environments.activate(SAMPLE.id);
    expect(await firstName(window)).toBe('Acme Corp');
  });

  it('is the hosted one where a launcher runs one', async () => {
    const { url, apiKey } = await renamed('Hosted');
    const hosted = hostedSample({ WORKOS_MCP_SAMPLE_URL: url, WORKOS_MCP_SAMPLE_KEY: apiKey })!;
    const window = start({ sample: async () => hosted });
    await window.environments.activate(SAMPLE.id);
    expect(await firstName(window)).toBe('Hosted Acme Corp');
  });

  it('is started anew after a start that failed, once', async () => {
    const address: SampleAddress = { url: '', apiKey: '', close: async () => undefined };
    const starts = [Promise.withResolvers<SampleAddress>(), Promise.withResolvers<SampleAddress>()];
    let count = 0;
    const { accounts } = start({ sample: () => starts[count++]!.promise });
    const both = [accounts.startSample(), accounts.startSample()].map((each) =>
      each.catch(() => accounts.startSample()),
    );
    starts[0]!.reject(new Error('no port'));
    starts[1]!.resolve(address);
    expect(await Promise.all(both)).toEqual([address, address]);
    expect(await accounts.startSample()).toBe(address);
    expect(count).toBe(2);
  });

  it.each([
    ['https://127.0.0.1:1', 'sk_test_key'],
    ['http://192.168.0.1:1', 'sk_test_key'],
    ['http://127.0.0.1.evil.example', 'sk_test_key'],
    ['http://127.0.0.1:1', ''],
    ['http://127.0.0.1:1', 'key'],
    ['http://127.0.0.1:1', 'sk_live_key'],
    ['nonsense', 'sk_test_key'],
  ])('is not taken from %s with the key "%s"', (url, key) => {
    expect(hostedSample({ WORKOS_MCP_SAMPLE_URL: url, WORKOS_MCP_SAMPLE_KEY: key })).toBeUndefined();
  });
});
