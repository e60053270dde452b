import { describe, expect, it } from 'vitest';
import { tools } from '../../../../src/tools/registry.ts';
import { toolsVersion } from '../../../../src/vscode/endpoint/tools-version.ts';

describe('the version of the tools', () => {
  const all = Object.values(tools);

  it('stays as long as the tools do', () => {
    expect(toolsVersion(all)).toBe(toolsVersion([...all]));
  });

  it('changes with a tool that goes, and with one that takes its place', () => {
    const versions = [all, all.slice(1), all.slice(0, -1)].map(toolsVersion);
    expect(new Set(versions).size).toBe(3);
  });

  it('changes with what a tool says of itself', () => {
    const [first, ...rest] = all;
    const renamed = { ...first!, name: 'list_directories' as const };
    expect(toolsVersion([renamed, ...rest])).not.toBe(toolsVersion(all));
  });
});
