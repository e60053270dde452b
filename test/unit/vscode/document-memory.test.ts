import { expect, it } from 'vitest';
import type { Uri } from 'vscode';
import { DocumentMemory } from '../../../src/vscode/document-memory.ts';

const uri = (name: string) => ({ toString: () => `workos:/${name}` }) as Uri;

function memory(open: readonly string[] = []) {
  const fired: string[] = [];
  const changed = {
    event: () => ({ dispose: () => undefined }),
    fire: (changedUri: Uri) => void fired.push(changedUri.toString()),
    dispose: () => undefined,
  };
  return { fired, memory: new DocumentMemory<number>({ changed, open: () => open.map(uri) }) };
}

it('serves what was read last, and tells editors of it', () => {
  const { memory: kept, fired } = memory();
  expect(kept.get(uri('a'))).toBeUndefined();
  kept.set(uri('a'), 1);
  kept.set(uri('a'), 2);
  expect(kept.get(uri('a'))).toBe(2);
  expect(fired).toEqual(['workos:/a', 'workos:/a']);
});

it('keeps what is open, and of the rest the latest five', () => {
  const { memory: kept } = memory(['open']);
  for (const name of ['open', 'a', 'b', 'c', 'd', 'e', 'a', 'f']) kept.set(uri(name), 1);
  const left = ['open', 'a', 'b', 'c', 'd', 'e', 'f'].filter((name) => kept.get(uri(name)) !== undefined);
  expect(left).toEqual(['open', 'a', 'c', 'd', 'e', 'f']);
});
