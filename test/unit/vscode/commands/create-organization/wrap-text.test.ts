import { describe, expect, it } from 'vitest';
import { wrapText } from '../../../../../src/vscode/commands/create-organization/wrap-text.ts';

describe('wrapText', () => {
  it.each([
    ['', []],
    ['one', ['one']],
    ['one two three', ['one two', 'three']],
    ['one two thre', ['one two', 'thre']],
    ['abcdefghijklm n', ['abcdefgh', 'ijklm n']],
    ['a abcdefghijklm', ['a', 'abcdefgh', 'ijklm']],
  ])('%j', (text, lines) => expect(wrapText(text, 8)).toEqual(lines));
});
