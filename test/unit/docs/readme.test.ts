import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withToolTable } from '../../../scripts/tool-table.mts';
import { tools } from '../../../src/tools/registry.ts';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

describe('README', () => {
  it('holds the table of the registered tools; `npm run docs` writes it', () => {
    expect(readme).toBe(withToolTable(readme));
  });

  it.each(Object.keys(tools))('names %s in the table', (name) => {
    expect(readme).toContain(`| \`${name}\` |`);
  });

  it('refuses to write a table without its markers', () => {
    expect(() => withToolTable('# no markers')).toThrow('lacks the line');
  });
});
