/** Made-up secrets, put together here so that no scanner takes a test for a leak. */
const prefixed = (...parts: string[]) => parts.join('_');
const BODY = 'a2V5XzAxRTRaQ1IzQzU2';

export const TEST_KEY = prefixed('sk', 'test', BODY);
export const LIVE_KEY = prefixed('sk', 'live', BODY);
export const SHORT_KEY = prefixed('sk', 'test', 'short123');
export const HIDDEN_KEY = prefixed('sk', 'test', `\u200b${BODY}`);
export const PLAIN_KEY = prefixed('sk', 'A1b2C3d4E5f6G7h8I9j0K1');
export const GITHUB_TOKEN = prefixed('ghp', 'aB3'.repeat(12));
export const AWS_KEY_ID = ['AKIA', 'ABCDEFGH2345JKLM'].join('');
export const SLACK_TOKEN = ['xoxb', '123456789012', 'aB3'.repeat(8)].join('-');
export const SLACK_HOOK = [
  'https://hooks.slack.com',
  'services',
  'T00000000',
  'B00000000',
  'aB3'.repeat(8),
].join('/');
export const JWT_HEADER = ['ey', 'JhbGciOiJIUzI1NiJ9'].join('');
export const JWT_PAYLOAD = ['ey', 'JzdWIiOiIxMjM0In0'].join('');
export const JWT = [JWT_HEADER, JWT_PAYLOAD, 'dozjgNryP4J3jVmNHl0w'].join('.');
