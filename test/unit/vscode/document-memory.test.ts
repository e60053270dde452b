import { expect, it } from 'vitest';
import type { Uri } from 'vscode';
import { DocumentMemory } from '../../../src/vscode/document-memory.ts';

const uri = (name: string) => ({ toString: () => `workos:/${name}` }) as Uri;

interface Read {
  readonly text: string;
  readonly whole: boolean;
  readonly masked: undefined;
}
const read = (text: string, whole = false): Read => ({ text, whole, masked: undefined });

function memory(open: readonly string[] = []) {
  const fired: string[] = [];
  const changed = {
    event: () => ({ dispose: () => undefined }),
    fire: (changedUri: Uri) => void fired.push(changedUri.toString()),
    dispose: () => undefined,
  };
  return { fired, memory: new DocumentMemory<Read>({ changed, open: () => open.map(uri) }) };
}

it('serves what was read last, and tells editors of it', () => {
  const { memory: kept, fired } = memory();
  expect(kept.get(uri('a'))).toBeUndefined();
  kept.set(uri('a'), read('one'));
  kept.set(uri('a'), read('two'));
  expect(kept.get(uri('a'))?.text).toBe('two');
  expect(fired).toEqual(['workos:/a', 'workos:/a']);
});

it('keeps what is open, and of the rest the latest five', () => {
  const { memory: kept } = memory(['open']);
  for (const name of ['open', 'a', 'b', 'c', 'd', 'e', 'a', 'f']) kept.set(uri(name), read(name));
  const left = ['open', 'a', 'b', 'c', 'd', 'e', 'f'].filter((name) => kept.get(uri(name)) !== undefined);
  expect(left).toEqual(['open', 'a', 'c', 'd', 'e', 'f']);
});

it('lets go of values that only an open document shows, and of nothing else', () => {
  const { memory: kept, fired } = memory();
  kept.set(uri('masked'), read('masked'));
  kept.set(uri('whole'), read('whole', true));
  expect(kept.readings().map(([address, { whole }]) => [address, whole])).toEqual([
    ['workos:/masked', false],
    ['workos:/whole', true],
  ]);
  fired.length = 0;
  kept.closed(uri('masked'));
  kept.closed(uri('whole'));
  kept.closed(uri('whole'));
  expect(kept.get(uri('masked'))?.text).toBe('masked');
  expect(kept.get(uri('whole'))).toBeUndefined();
  expect(fired).toEqual(['workos:/whole']);
});
