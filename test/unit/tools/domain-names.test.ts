import { describe, expect, it } from 'vitest';
import { parseDomains } from '../../../src/tools/domain-names.ts';
import { AppError } from '../../../src/shared/errors.ts';

const problem = (text: string): string => {
  try {
    return parseDomains([text]).join();
  } catch (thrown) {
    return thrown instanceof AppError ? thrown.message : String(thrown);
  }
};

describe('parseDomains', () => {
  it.each([
    ['acme.com', 'acme.com'],
    [' ACME.Com ', 'acme.com'],
    ['acme.com.', 'acme.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['a.b.c.d.example', 'a.b.c.d.example'],
    ['9to5.example', '9to5.example'],
    [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
    ['notgmail.com', 'notgmail.com'],
    ['mail.gmail.com.example', 'mail.gmail.com.example'],
  ])('takes %j as %j', (text, domain) => {
    expect(parseDomains([text])).toEqual([domain]);
  });

  it.each([
    ['', 'is empty'],
    [' . ', 'bare domain|empty|valid'],
    ['acme', 'top-level domain'],
    ['http://acme.com', 'bare domain'],
    ['acme.com?x', 'bare domain'],
    ['acme.com#x', 'bare domain'],
    ['a@acme.com', 'bare domain'],
    ['ac me.com', 'bare domain'],
    ['[::1]', 'bare domain'],
    ['10.0.0.1', 'IP address'],
    ['0x7f.1', 'IP address'],
    ['acme-.com', 'valid domain'],
    ['ac_me.com', 'valid domain'],
    ['.acme.com', 'valid domain'],
    [`${'a'.repeat(64)}.example`, 'valid domain'],
    [`${'a.'.repeat(127)}example`, 'valid domain'],
    ['acme.com,other.com', 'valid domain'],
    ['GMAIL.com', 'consumer'],
    ['yahoo.co.uk.', 'consumer'],
    ['gmx.de', 'consumer'],
  ])('refuses %j: %s', (text, why) => {
    expect(problem(text)).toMatch(new RegExp(`^domains: ".*" .*(${why})`, 'u'));
  });

  it('keeps the order and drops repetitions', () => {
    expect(parseDomains(['b.example', 'A.example', 'B.example.'])).toEqual(['b.example', 'a.example']);
  });

  it('names at most five problems and cuts long texts', () => {
    const texts = Array.from({ length: 8 }, () => 'x'.repeat(300));
    expect(() => parseDomains(texts)).toThrow(/^(domains: "x{100}" [^;]+(; |$)){5}$/u);
  });
});
