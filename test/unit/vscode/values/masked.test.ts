import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../../src/privacy/policy.ts';
import { maskName } from '../../../../src/vscode/values/mask-name.ts';
import { addMasked, maskedLine } from '../../../../src/vscode/values/masked.ts';
import { english } from '../english.ts';

describe('what is masked in a document', () => {
  it('is counted over all answers', () => {
    expect(addMasked(undefined, undefined)).toBeUndefined();
    expect(addMasked({ iban: 1 }, undefined)).toEqual({ iban: 1 });
    expect(addMasked({ iban: 1, email: 2 }, { email: 3, card: 1 })).toEqual({ iban: 1, email: 5, card: 1 });
  });

  it.each([
    [false, undefined, /^$/u],
    [
      false,
      { iban: 1, email: 2 },
      /^Values masked: 3 \(IBANs: 1, e-mail addresses: 2\)\. Select Show Values/u,
    ],
    [false, { constructor: 1 }, /^Values masked: 1 \(constructor: 1\)\./u],
    [true, undefined, /^Values are shown that agents do not get/u],
  ])('is said on top: %j %j', (whole, masked, line) => {
    expect(maskedLine(english, { whole, masked })).toMatch(line);
  });
});

describe('a name in the title of a document', () => {
  it('is masked as agents see it', () => {
    expect(maskName(PROFILES.strict, 'john@acme.com', 'org_1')).toBe('j***@acme.com');
    expect(maskName(PROFILES.balanced, 'Card 4111 1111 1111 1111', 'org_1')).not.toContain('1111');
    expect(maskName(PROFILES.balanced, 'Stark Industries', 'org_1')).toBe('Stark Industries');
    expect(maskName(PROFILES.off, 'john@acme.com', 'org_1')).toBe('john@acme.com');
  });

  it('is left out when it can’t be looked at', () => {
    const broken = { ...PROFILES.strict, detectors: undefined as never };
    expect(maskName(broken, 'john@acme.com', 'org_1')).toBe('org_1');
  });
});
