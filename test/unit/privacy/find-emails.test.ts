import { describe, expect, it } from 'vitest';
import { found } from './support.ts';

describe('email', () => {
  it.each([
    ['jane@acme.com', 'jane@acme.com'],
    ['Jane Doe <jane.doe+work@mail.acme.co.uk>', 'jane.doe+work@mail.acme.co.uk'],
    ['mail jane@acme.com.', 'jane@acme.com'],
    ['mailto:jane_doe@acme.com?x', 'jane_doe@acme.com'],
    ['email=jane@acme.com', 'jane@acme.com'],
    ["o'brien@acme.ie", "o'brien@acme.ie"],
    ["'jane@acme.com'", 'jane@acme.com'],
    ['用户@例子.公司', '用户@例子.公司'],
    ['jürgen@müller.de', 'jürgen@müller.de'],
    ['a@b.io', 'a@b.io'],
    ['jane@xn--mller-kva.xn--p1ai', 'jane@xn--mller-kva.xn--p1ai'],
    ['jane＠acme．com', 'jane＠acme．com'],
    ['jane@\u200bacme.com', 'jane@\u200bacme.com'],
    ['x@jane@acme.com', 'jane@acme.com'],
    ['"jane@acme.com"]', 'jane@acme.com'],
  ])('finds %s', (text, email) => {
    expect(found('email', text)).toEqual([email]);
  });

  it.each([
    '@acme.com',
    'jane@localhost',
    'jane@',
    '@scope/package',
    'jane@10.0.0.1',
    'jane at acme.com',
    'acme.com',
    'a @ b.com',
    'jane@acme.c',
    '<@U012AB3CD>',
    'v1@2.3',
    '.@acme.com',
  ])('leaves %s', (text) => {
    expect(found('email', text)).toEqual([]);
  });
});
