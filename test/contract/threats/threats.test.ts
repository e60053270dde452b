import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { THREATS } from './index.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** The titles of tests and groups in a file, each up to where something is put in. */
function titlesIn(source: string): string[] {
  const texts = source.matchAll(
    /(?:\b(?:it|describe)\(|\)\()\s*(?<quote>['"`])(?<text>(?:(?!\k<quote>)[^\\\n]|\\.)*)\k<quote>/gu,
  );
  return Array.from(texts, ({ groups }) => groups?.['text']?.split(/%[a-z]|\$/u)[0] ?? '');
}

/** A part of a name may end anywhere, and a title that begins with what is put in may be any. */
function fits(part: string, title: string): boolean {
  return part.startsWith(title) || title.startsWith(part);
}

describe.each(THREATS)('$name', ({ lines }) => {
  it.each(lines)('$attack: the defence is where the table says', ({ without: { file, from, to } }) => {
    expect(read(file).split(from)).toHaveLength(2);
    expect(to).not.toBe(from);
  });

  it.each(lines)('$attack: its test is there', ({ test }) => {
    const titles = titlesIn(read(test.file));
    for (const part of test.name.split(' > ')) expect(titles.some((title) => fits(part, title))).toBe(true);
  });
});

it('no line is there twice', () => {
  const attacks = THREATS.flatMap(({ name, lines }) => lines.map(({ attack }) => `${name}: ${attack}`));
  expect(new Set(attacks).size).toBe(attacks.length);
});
