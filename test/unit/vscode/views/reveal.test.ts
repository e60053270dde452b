import { describe, expect, it } from 'vitest';
import type { Node } from '../../../../src/vscode/views/nodes.ts';
import type { Subject } from '../../../../src/vscode/views/subject.ts';
import { findNode, locate, lookUpName, shownFor } from '../../../../src/vscode/views/reveal.ts';
import { askAsTree } from '../../../../src/vscode/views/tree-context.ts';
import { inProcess } from '../../../../src/isolate/in-process.ts';
import { createRuntime } from '../../../../src/runtime.ts';
import { startAccount } from '../../../support/account.ts';

const subject = (id: string): Subject => ({ kind: 'connection', id, name: `Name of ${id}` });
const node = (id: string, inner: readonly Node[] = []): Node => ({ item: {}, subject: subject(id), inner });

/** A tree that shows `first` until something is searched for, and then `found`. */
function treeWith(first: readonly Node[], found: readonly Node[], begun = true) {
  const searches: (string | undefined)[] = [];
  let loads = 0;
  return {
    searches,
    loads: () => loads,
    begun,
    load: async () => {
      loads += 1;
      return searches.length > 0 ? found : first;
    },
    find: (text: string | undefined) => void searches.push(text),
    get search() {
      return searches.at(-1);
    },
  };
}

describe('reveal', () => {
  it('finds rows below groups', () => {
    const wanted = node('c2');
    expect(findNode([node('c1'), node('group', [wanted])], subject('c2'))).toBe(wanted);
    expect(findNode([node('c1')], { kind: 'directory', id: 'c1' })).toBeUndefined();
  });

  it('takes the row that is loaded, and searches by name for one that is not', async () => {
    const here = treeWith([node('c1')], []);
    expect(await locate(here, subject('c1'), async () => 'Okta')).toBeDefined();
    expect(here.searches).toEqual([]);
    const elsewhere = treeWith([node('c1')], [node('c9')]);
    expect((await locate(elsewhere, subject('c9'), async () => 'Okta'))?.subject?.id).toBe('c9');
    expect(elsewhere.searches).toEqual(['Okta']);
  });

  it('reads a view that was never shown only once: with the search', async () => {
    const tree = treeWith([], [node('c9')], false);
    expect(await locate(tree, subject('c9'), async () => 'Okta')).toBeDefined();
    expect(tree.loads()).toBe(1);
  });

  it('leaves no search behind that found nothing', async () => {
    const tree = treeWith([node('c1')], [node('c2')]);
    tree.find('before');
    expect(await locate(tree, subject('c9'), async () => 'Okta')).toBeUndefined();
    expect(tree.searches).toEqual(['before', 'Okta', 'before']);
  });

  it('searches for no half of a character', async () => {
    const tree = treeWith([], [node('c9')], false);
    await locate(tree, subject('c9'), async () => `a${'🚀'.repeat(150)}`);
    expect(tree.searches).toEqual([`a${'🚀'.repeat(99)}`]);
  });

  it('shows what stands for an object without a row at the root', () => {
    expect(shownFor({ kind: 'user', id: 'u', name: 'Jo', directory: 'd' })).toEqual({
      kind: 'directory',
      id: 'd',
    });
    expect(shownFor({ kind: 'domain', id: 'a.io', name: 'a.io', organization: 'o' })).toEqual({
      kind: 'organization',
      id: 'o',
    });
    expect(shownFor({ kind: 'organization', id: 'o', name: 'o' })).toEqual({ kind: 'organization', id: 'o' });
  });

  it('looks up the name that only the id is known of', async () => {
    const { url, apiKey, account } = await startAccount();
    const { invoke } = createRuntime({
      account: { baseUrl: url, apiKey, name: 'Sample account', kind: 'sandbox' },
      policy: () => ({}),
      limits: { idleMs: 30_000, totalMs: 120_000 },
      observers: [],
      logger: { debug: silent, info: silent, warn: silent, error: silent },
      executor: inProcess,
    });
    const ask = askAsTree(invoke);
    const [organization] = account.organizations;
    const { id, name } = organization!;
    expect(await lookUpName(ask, { kind: 'organization', id })).toBe(name);
    expect(await lookUpName(ask, { kind: 'organization', id: 'org_none' })).toBeUndefined();
  });
});

const silent = () => undefined;
