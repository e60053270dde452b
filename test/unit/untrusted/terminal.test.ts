import { expect, it } from 'vitest';
import { terminalJson } from '../../../src/untrusted/terminal.ts';
import { HIDDEN_ATTACKS } from './attacks.ts';

it.each([0, 2])('writes out what is not seen, indented by %i, and reads back as the same value', (indent) => {
  const value = { texts: HIDDEN_ATTACKS.map(([, text]) => text), 'k\u202Eey': 1, plain: 'Zoë 株式会社 😀' };
  const json = JSON.stringify(value, null, indent);
  const shown = terminalJson(json);
  expect(JSON.parse(shown)).toEqual(value);
  expect(shown).toContain('Zoë 株式会社 😀');
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u{E0100}-\u{E01EF}]/u);
  expect(shown.split('\n')).toHaveLength(json.split('\n').length);
});
