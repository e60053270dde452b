import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Texts = Readonly<Record<string, string>>;

const ROOT = new URL('../../../', import.meta.url);
/** The languages besides English, each with the texts that read the same in it. */
const LANGUAGES = {
  de: [
    'Client',
    'Client: {0}',
    'Filter',
    'IBANs',
    'ID',
    'Name',
    'Sandbox',
    'Staging',
    'Status',
    'WorkOS',
    'WorkOS: {0}',
    'login -john',
    '{0} in {1}',
  ],
};
/** What a translation must not touch: placeholders, links, code, addresses, ids of settings, beginnings of keys. */
const FIXED =
  /\{\w+\}|\]\(command:[^)]+\)|`[^`]+`|https?:\/\/[\w.]*|\bworkos\.\w[\w.]*\w|\bsk_\w+_|\S+@\S+|\$\([\w-]+\)|\n/gu;
/** A command by its title: in quotation marks, in italics, or on a link. */
const NAMED = /“([^”]+)”|\*([^*]+)\*|\[([^\]]+)\]\(/gu;
/** The keys of the manifest whose values people read. */
const SHOWN =
  /^(?:title|name|label|category|contextualTitle|contents|altText|\w*[dD]escription|\w*ErrorMessage)$/u;

const text = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const read = (path: string) => JSON.parse(text(path)) as Texts;
const fixed = (from: string) => [...from.matchAll(FIXED)].map(String).toSorted();
const edges = (from: string) => [/^\s*/u, /…?\s*$/u].map((edge) => edge.exec(from)?.[0]);

const sources = ['src/extension.ts', ...globSync('src/vscode/**/*.ts', { cwd: ROOT })].map(text);
const calls = sources.flatMap((source) => [...source.matchAll(/\bl10n\.t\(/gu)]).length;
const literals = sources.flatMap((source) =>
  [...source.matchAll(/\bl10n\.t\(\s*'((?:[^'\\]|\\.)*)'/gu)].map(([, raw]) => raw!.replaceAll("\\'", "'")),
);
const keys = [...new Set(literals)].toSorted();
const english = read('package.nls.json');
const manifest = JSON.parse(text('package.json')) as {
  readonly l10n?: string;
  readonly contributes: Readonly<Record<string, unknown>>;
};

/** The values people read, wherever they stand in the manifest. */
function shown(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? (SHOWN.test(key) ? [inner] : []) : shown(inner),
  );
}

/** How the titles of commands read in another language, with and without category and ellipsis. */
function commandTitles(translated: Texts): Map<string, string> {
  const titles = Object.entries(english).filter(([key]) => key.startsWith('command.'));
  return new Map(
    titles.flatMap(([key, title]) =>
      ['', 'WorkOS: '].flatMap((category) => {
        const [name, inLanguage] = [category + title, category + (translated[key] ?? '')];
        return [[name, inLanguage] as const, [name.replace('…', ''), inLanguage.replace('…', '')] as const];
      }),
    ),
  );
}

describe('the texts of the extension', () => {
  it('are plain literals, so that translators get them all', () => {
    expect(literals.length).toBe(calls);
    expect(literals.length).toBeGreaterThan(100);
    for (const literal of literals) expect(literal).not.toContain('\\');
  });

  it('are those the manifest names, and no others', () => {
    const found = [...text('package.json').matchAll(/"%([\w.]+)%"/gu)].map(([, key]) => key!);
    const named = new Set(found);
    expect(Object.keys(english).toSorted()).toEqual([...named].toSorted());
    expect(manifest.l10n).toBe('./l10n');
  });

  it('stand in the manifest by their keys', () => {
    const values = shown(manifest.contributes);
    expect(values.length).toBeGreaterThan(Object.keys(english).length);
    expect(values.filter((value) => value !== 'WorkOS' && !/^%[\w.]+%$/u.test(value))).toEqual([]);
  });

  describe.each(Object.entries(LANGUAGES))('in "%s"', (language, same) => {
    const bundle = read(`l10n/bundle.l10n.${language}.json`);
    const nls = read(`package.nls.${language}.json`);
    const pairs = [
      ...Object.entries(bundle),
      ...Object.entries(nls).map(([key, translation]) => [english[key] ?? '', translation] as const),
    ];

    it('are all there, and no others', () => {
      expect(Object.keys(bundle)).toEqual(keys);
      expect(Object.keys(nls)).toEqual(Object.keys(english));
    });

    it('are translated, but for those that read the same', () => {
      expect(pairs.filter(([, translation]) => translation.trim() === '')).toEqual([]);
      const equal = pairs.filter(([original, translation]) => original === translation);
      expect([...new Set(equal.map(([original]) => original))].toSorted()).toEqual(same);
    });

    it('keep placeholders, links, code, ids, lines and edges', () => {
      for (const [original, translation] of pairs) {
        const kept = { original, fixed: fixed(translation), edges: edges(translation) };
        expect(kept).toEqual({ original, fixed: fixed(original), edges: edges(original) });
      }
      expect(pairs.filter(([original]) => fixed(original).length > 0).length).toBeGreaterThan(100);
    });

    it('name commands by their titles', () => {
      const titles = commandTitles(nls);
      const named = pairs.flatMap(([original, translation]) =>
        [...original.matchAll(NAMED)].map((found) => [found.slice(1).join(''), translation] as const),
      );
      const known = named.filter(([name]) => titles.has(name));
      expect(known.length).toBeGreaterThan(10);
      for (const [name, translation] of known) expect(translation).toContain(titles.get(name));
      const strange = named.filter(([name]) => name.startsWith('WorkOS: ') && !titles.has(name));
      expect(strange).toEqual([]);
      const whole = pairs.filter(([original]) => titles.has(original));
      for (const [original, translation] of whole) expect(translation).toBe(titles.get(original));
    });

    it('say the same thing the same way', () => {
      const ways = new Map(pairs);
      for (const [original, translation] of pairs) expect(translation).toBe(ways.get(original));
    });
  });
});
