import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { THREATS } from './index.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe.each(THREATS)('$name', ({ lines }) => {
  it.each(lines)('$attack: the defence is where the table says', ({ without: { file, from, to } }) => {
    expect(read(file).split(from)).toHaveLength(2);
    expect(to).not.toBe(from);
  });

  it.each(lines)('$attack: its test is there', ({ test }) => {
    expect(read(test.file)).toMatch(/\b(it|describe)(\.each)?\(/);
  });
});

it('no line is there twice', () => {
  const attacks = THREATS.flatMap(({ name, lines }) => lines.map(({ attack }) => `${name}: ${attack}`));
  expect(new Set(attacks).size).toBe(attacks.length);
});
