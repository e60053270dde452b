import { describe, expect, it } from 'vitest';
import { networkFrom } from '../../../src/cli/network.ts';
import { UsageError } from '../../../src/cli/parse.ts';

describe('networkFrom', () => {
  it('takes the proxy and its exceptions from the environment', () => {
    expect(networkFrom({ HTTPS_PROXY: 'http://p:1', no_proxy: 'a,b' })).toEqual({
      proxy: 'http://p:1',
      noProxy: ['a', 'b'],
    });
    expect(networkFrom({ HTTP_PROXY: 'http://plain:1' })).toEqual({ proxy: undefined, noProxy: [] });
  });

  it.each(['socks5://user:hunter2@p:1', 'http://user:hunter2@', 'http://p:70000'])(
    'refuses %s at the start, without its password',
    (proxy) => {
      expect(() => networkFrom({ HTTPS_PROXY: proxy })).toThrow(UsageError);
      expect(() => networkFrom({ HTTPS_PROXY: proxy })).toThrow(/^HTTPS_PROXY [^@]*\.$/u);
    },
  );
});
