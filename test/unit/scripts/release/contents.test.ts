import { describe, expect, it } from 'vitest';
import { sbomProblems, versionProblems } from '../../../../scripts/release/contents.mts';

const bundled = [
  { name: 'zod', version: '4.0.0' },
  { name: '@a/b', version: '1.2.3' },
];
const component = (id: string, licenses: unknown) => ({ 'bom-ref': id, licenses });
const mit = [{ license: { id: 'MIT' } }];
const lockfile = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/zod': { version: '4.0.0' },
    'node_modules/x/node_modules/@a/b': { version: '1.2.3' },
  },
};
const sbomOf = (licenses: unknown) => ({
  components: [component('zod@4.0.0', mit), component('@a/b@1.2.3', licenses)],
});

describe('an SBOM', () => {
  it('that lists all that is bundled, at the versions of the lockfile, is fine', () => {
    expect(sbomProblems(sbomOf(mit), bundled, lockfile)).toEqual([]);
  });

  it('that leaves one out is not', () => {
    const sbom = { components: [component('zod@4.0.0', mit)] };
    expect(sbomProblems(sbom, bundled, lockfile)).toEqual([
      '@a/b@1.2.3 is bundled, but the SBOM does not list it',
    ]);
  });

  it('with a version that the lockfile has not is not', () => {
    const other = { packages: { ...lockfile.packages, 'node_modules/zod': { version: '4.0.1' } } };
    expect(sbomProblems(sbomOf(mit), bundled, other)).toEqual([
      'zod@4.0.0 is bundled, but the lockfile has another version',
    ]);
  });

  it.each([
    [[{ license: { id: 'GPL-3.0-only' } }], false],
    [[{ license: { name: 'Custom' } }], false],
    [[], false],
    [undefined, false],
    [[{ expression: 'MIT AND GPL-3.0-only' }], false],
    [[{ expression: '(MIT OR GPL-3.0-only)' }], true],
    [[{ expression: 'MIT AND ISC' }], true],
    [[{ expression: '(MIT AND (GPL-2.0 OR ISC))' }], false],
  ])('licences %j allowed: %s', (licenses, allowed) => {
    expect(sbomProblems(sbomOf(licenses), bundled, lockfile)).toHaveLength(allowed ? 0 : 1);
  });

  it('of nothing is a mistake', () => {
    expect(sbomProblems(sbomOf(mit), [], lockfile)).toHaveLength(1);
  });
});

it('a version has a heading in the changelog, and is the same everywhere', () => {
  const others = { 'server.json': '1.0.0' };
  expect(versionProblems('1.0.0', { changelog: '# Changelog\n\n## 1.0.0\n', others })).toEqual([]);
  expect(versionProblems('1.0.1', { changelog: '## Unreleased\n1.0.1\n', others })).toEqual([
    'CHANGELOG.md has no heading for 1.0.1',
    'server.json says 1.0.0, package.json 1.0.1',
  ]);
});
