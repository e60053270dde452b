import { describe, expect, it } from 'vitest';
import { describeUserAgent } from '../../../src/tools/user-agent.ts';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('describeUserAgent', () => {
  it.each([
    [
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Chrome/141.0.0.0 Safari/537.36`,
      'Chrome 141 on macOS',
    ],
    [`Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0.1`, 'Edge 140 on Windows'],
    [
      `Mozilla/5.0 (Linux; Android 15) ${WEBKIT} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36`,
      'Samsung Internet 28 on Android',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox 143 on Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605 Version/18.6 Mobile/1 Safari/604.1',
      'Safari 18 on iOS',
    ],
    [
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/139.0 Safari/537.36 OPR/100.0`,
      'Opera 100 on ChromeOS',
    ],
    ['okta-scim-client/1.0', 'okta-scim-client/1.0'],
    ['Mozilla/5.0 (compatible; bot)', 'Mozilla/5.0 (compatible; bot)'],
    ['curl Chrome/1 on Windows', 'curl Chrome/1 on Windows'],
    ['x'.repeat(300), 'x'.repeat(100)],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (text, told) => {
    expect(describeUserAgent(text)).toBe(told);
  });
});
