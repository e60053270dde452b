import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { POLICY_DEFAULTS } from '../../../src/gateway/defaults.ts';
import { builtLock } from '../../../src/lock/built.ts';
import { bundledLock } from '../../../src/lock/bundled.ts';
import { lockText } from '../../../src/lock/digests.ts';
import { tools } from '../../../src/tools/registry.ts';

const committed = readFileSync(new URL('../../../workos-mcp.lock', import.meta.url), 'utf8');

describe('workos-mcp.lock', () => {
  it('is what the source offers; `npm run lock` writes it', () => {
    expect(committed).toBe(lockText(builtLock()));
  });

  it('is what the bundle holds', () => {
    expect(lockText(bundledLock)).toBe(committed);
  });

  it('has every tool and every default', () => {
    expect(Object.keys(bundledLock.tools)).toEqual(Object.keys(tools).sort());
    expect(Object.keys(bundledLock.policy)).toEqual(Object.keys(POLICY_DEFAULTS).sort());
  });

  it('has its keys in order, a digest per line, no time and a newline at the end', () => {
    const inOrder = (_key: string, value: unknown) =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value;
    expect(`${JSON.stringify(JSON.parse(committed), inOrder, 2)}\n`).toBe(committed);
    const shape = /^(?:[{}]| *\},?| *"\w+": \{| *"\w+": "sha256:[0-9a-f]{64}",?| {2}"lockfileVersion": 1,)$/u;
    expect(
      committed
        .slice(0, -1)
        .split('\n')
        .filter((line) => !shape.test(line)),
    ).toEqual([]);
  });

  it('holds digests anybody can compute from the published JSON', () => {
    const digest = createHash('sha256').update(JSON.stringify(tools.list_directories.description));
    expect(bundledLock.tools['list_directories']?.['description']).toBe(`sha256:${digest.digest('hex')}`);
  });
});

it('of one tool is that part of the whole', () => {
  const { list_directories } = bundledLock.tools;
  expect(builtLock('list_directories')).toEqual({ ...bundledLock, tools: { list_directories } });
});
