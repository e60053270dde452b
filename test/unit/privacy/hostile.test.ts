import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../src/privacy/policy.ts';
import { createRedactor } from '../../../src/privacy/redactor.ts';

const BYTES = 100_000;
const PIECES = [
  ['a', '1', '1 ', '12-', '4111 ', '4111-', '41-11 ', '@', 'a@', 'a@a.', 'a.', 'a@b.b.b.b.b.b.b.b.b.'],
  ['eyJ', 'eyJ.', '.eyJ', 'a.eyJ', 'eyJaaaaaa.', 'sk_', 'sk_test_', 'sk-', 'AKIA', 'xoxb-', 'whsec_'],
  ['-----BEGIN PRIVATE KEY-----', '-----BEGIN ', '-----BEGIN A PRIVATE ', 'SG.', `SG.${'a'.repeat(20)}.`],
  ['://', '://a:', '://a:b', '://a:b@', 'secret_access_key=', 'bearer ', 'bearer a'],
  ['+1', '+1 2', '(415) ', '0123 45 ', '123-45-', '123-45-6789', 'DE89', 'DE89 ', 'DE'],
  ['\u200b', '１', '٣', 'é̲', '日本', '😀', '👨‍👩‍👧', '\n', '-', '.', '_', '\ud800'],
].flat();

// A pattern that is not linear would not end within the time a test has: 100,000² steps are ten billion.
describe('100 kB of', () => {
  const { text } = createRedactor(PROFILES.strict);
  it.each(PIECES)('%j are read to their end', (piece) => {
    const hostile = piece.repeat(Math.ceil(BYTES / piece.length)).slice(0, BYTES);
    const shown = text(`${hostile} jane@acme.com`);
    expect(shown).not.toContain('jane@');
  });

  it.each(PIECES)('%j as a key follow every rule', (piece) => {
    const key = piece.repeat(Math.ceil(BYTES / piece.length)).slice(0, BYTES);
    const paths = [
      { path: '**.*a*a*a*a*a*a*b', mode: 'mask' },
      { path: '**.**.**.**.x', mode: 'mask' },
    ] as const;
    const { value } = createRedactor({ ...PROFILES.strict, paths }).value({ [key]: { x: 'covered' } });
    expect(JSON.stringify(value)).toContain('"x":"[redacted:field]"');
  });
});
