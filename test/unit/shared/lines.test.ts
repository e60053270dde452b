import { expect, it } from 'vitest';
import { lineReader } from '../../../src/shared/lines.ts';

it('cuts lines wherever the chunks end, also within a character', () => {
  const lines: string[] = [];
  const read = lineReader(100, (line) => void lines.push(line));
  const bytes = Buffer.from('eins\nzwölf 🚀\n\nrest');
  for (const byte of bytes) read(Buffer.from([byte]));
  expect(lines).toEqual(['eins', 'zwölf 🚀', '']);
  read(Buffer.from('\nlast\n'));
  expect(lines).toEqual(['eins', 'zwölf 🚀', '', 'rest', 'last']);
});

it('refuses a line that is too long before it is whole', () => {
  const read = lineReader(10, () => undefined);
  read(Buffer.from('12345\n1234567890'));
  expect(() => read(Buffer.from('1'))).toThrow(RangeError);
});
