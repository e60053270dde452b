import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VIEWS } from '../../../../src/vscode/ids.ts';

interface Entry {
  readonly command: string;
  readonly when: string;
  readonly group: string;
}

const manifest = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')) as {
  readonly contributes: { readonly menus: { readonly 'view/title': readonly Entry[] } };
};
const entries = manifest.contributes.menus['view/title'];

interface Shown {
  readonly view: string;
  readonly searched: boolean;
  readonly by: string;
}

/** What a term of a condition is for a view; a new kind of term has to be added here. */
function holds(term: string, { view, searched, by }: Shown): boolean {
  const equal = /^(\S+) (==|!=) (\S+)$/u.exec(term);
  if (equal !== null) {
    const [, key, sign, value] = equal;
    const known: Record<string, string> = { view, 'workos.connectionsBy': by };
    expect(known).toHaveProperty([key!]);
    return (known[key!] === value) === (sign === '==');
  }
  const pattern = /^view =~ \/(.+)\/$/u.exec(term)?.[1];
  if (pattern !== undefined) return new RegExp(pattern, 'u').test(view);
  const known: Record<string, boolean> = {
    'workos.hasEnvironment': true,
    'view in workos.searchedViews': searched,
    'view not in workos.searchedViews': !searched,
  };
  expect(known).toHaveProperty([term]);
  return known[term]!;
}

const shownIn = (shown: Shown, group: RegExp) =>
  entries
    .filter(
      (entry) => group.test(entry.group) && entry.when.split(' && ').every((term) => holds(term, shown)),
    )
    .map(({ command }) => command.replace('workos.', ''));

describe.each(Object.values(VIEWS))('the title bar of %s', (view) => {
  it.each([true, false])(
    'has room for its actions, and either Find or Clear Find (searched: %s)',
    (searched) => {
      for (const by of ['organization', 'state']) {
        const actions = shownIn({ view, searched, by }, /^navigation/u);
        expect(actions.length).toBeLessThanOrEqual(3);
        expect(actions.filter((command) => command.startsWith('find'))).toHaveLength(searched ? 0 : 1);
        expect(actions.filter((command) => command.startsWith('clearFind'))).toHaveLength(searched ? 1 : 0);
        expect(actions).toContain('refresh');
      }
    },
  );

  it('lets a search be changed from its menu', () => {
    const find = shownIn({ view, searched: true, by: 'state' }, /^1_find/u);
    expect(find.filter((command) => command !== 'findPerson')).toHaveLength(1);
  });
});
