import { describe, expect, it } from 'vitest';
import type { Node } from '../../../../src/vscode/views/nodes.ts';
import { Pages } from '../../../../src/vscode/views/paging.ts';
import { TreeRows } from '../../../../src/vscode/views/tree-rows.ts';
import { handAnswered } from './support.ts';

const node = (id: string): Node => ({ item: { id } });
const ids = (nodes: readonly Node[]) => nodes.map(({ item }) => item.id);

/** The rows of a tree whose badge counts them, and the requests they make. */
function open() {
  const { asked, fetch } = handAnswered<string>();
  const rows = new TreeRows(() => {
    const pages = new Pages(fetch);
    const children = async () => {
      await pages.read();
      return pages.rows.map(node);
    };
    const badge = () => ({ value: pages.rows.length, tooltip: '' });
    return { level: { pages, children }, badge };
  });
  const load = async (...items: string[]) => {
    const loading = rows.load();
    asked.at(-1)!.answer(items);
    const { nodes, state, badge } = await loading;
    return { ids: ids(nodes), state, badge: badge?.value };
  };
  return { asked, rows, load };
}

describe('the rows of a tree', () => {
  it('are read once, and again when they have expired', async () => {
    const { asked, rows, load } = open();
    expect(await load('a', 'b')).toEqual({ ids: ['a', 'b'], state: 'rows', badge: 2 });
    await rows.load();
    expect(asked).toHaveLength(1);
    rows.expire();
    expect((await load('c')).ids).toEqual(['c']);
    expect(asked).toHaveLength(2);
  });

  it('keep the badge of the whole list while a search shows a part of it', async () => {
    const { rows, load } = open();
    await load('a', 'b', 'c');
    expect(rows.find('a')).toBe(true);
    expect(await load('a')).toEqual({ ids: ['a'], state: 'rows', badge: 3 });
    expect(rows.find('a')).toBe(false);
    rows.find('x');
    expect(await load()).toEqual({ ids: [], state: 'notFound', badge: 3 });
    rows.find('');
    expect(rows.search).toBeUndefined();
    expect(await load('a', 'b')).toMatchObject({ badge: 2 });
  });

  it('have no badge of another account', async () => {
    const { rows, load } = open();
    await load('a');
    rows.reset();
    rows.find('b');
    expect(await load('b')).toMatchObject({ badge: undefined });
  });

  it('go from the screen before those of another account are read, also after two switches at once', async () => {
    const { rows, load } = open();
    rows.reset();
    expect(rows.takeClearing()).toBe(false);
    await load('a');
    rows.reset();
    rows.reset();
    expect(rows.takeClearing()).toBe(true);
    expect(rows.takeClearing()).toBe(false);
  });

  it('go from the screen also where a search had just begun', async () => {
    const { rows, load } = open();
    await load('a');
    rows.find('b');
    rows.reset();
    expect(rows.takeClearing()).toBe(true);
  });

  it('are those of the account and the search of now, whatever was being read', async () => {
    const { asked, rows } = open();
    const loading = rows.load();
    rows.find('b');
    asked[0]!.answer(['old']);
    await expect.poll(() => asked.length).toBe(2);
    asked[1]!.answer(['new']);
    expect(ids((await loading).nodes)).toEqual(['new']);
  });

  it('have nothing below them once their account was left', async () => {
    const { rows } = open();
    const answer = Promise.withResolvers<readonly Node[]>();
    const parent: Node = { item: { id: 'p' }, children: () => answer.promise };
    const below = rows.below(parent);
    rows.reset();
    answer.resolve([node('c')]);
    expect(await below).toEqual([]);
    expect(ids(await rows.below(parent))).toEqual(['c']);
  });
});
