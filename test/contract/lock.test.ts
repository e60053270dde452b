import { readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { lockOf } from '../../src/lock/digests.ts';
import { runCli } from '../support/cli.ts';
import {
  COMMITTED,
  committed,
  fileWith,
  folder,
  HELLO,
  NODES,
  pinnedElsewhere,
  ROOT,
} from '../support/lockfile.ts';

describe('workos-mcp lock', () => {
  it.each(NODES)('under %s writes what is committed, byte for byte', async (_name, node) => {
    const file = join(folder, 'new.lock');
    rmSync(file, { force: true });
    const wrote = { code: 0, stdout: `Wrote ${file}: 10 tools.\n`, stderr: '' };
    expect(await runCli(['lock', '--file', file], { node })).toMatchObject(wrote);
    expect(readFileSync(file, 'utf8')).toBe(committed);
    expect(await runCli(['lock', '--file', file], { node })).toMatchObject(wrote);
    expect(readFileSync(file, 'utf8')).toBe(committed);
  });

  it.each(NODES)('under %s --check finds the committed file fitting', async (_name, node) => {
    expect(await runCli(['lock', '--check', '--file', COMMITTED], { node })).toMatchObject({
      code: 0,
      stdout: `${COMMITTED} fits: nothing changed.\n`,
      stderr: '',
    });
  });

  it('--check prints a line per difference and exits with 1; without it, the same is accepted', async () => {
    const file = pinnedElsewhere();
    const before = readFileSync(file, 'utf8');
    expect(await runCli(['lock', '--check', '--file', file])).toMatchObject({
      code: 1,
      stdout: 'list_directories: description changed\n',
      stderr: '',
    });
    expect(readFileSync(file, 'utf8')).toBe(before);
    const { code, stdout } = await runCli(['lock', '--file', file]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `list_directories: description changed\nWrote ${file}: 10 tools.\n`,
    });
    expect(readFileSync(file, 'utf8')).toBe(committed);
  });

  it('--check without a file fails', async () => {
    const file = join(folder, 'missing.lock');
    const { code, stdout, stderr } = await runCli(['lock', '--check', '--file', file]);
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: `workos-mcp: ${file} does not exist.\n`,
    });
  });

  it('overwrites nothing but a lockfile', async () => {
    const file = fileWith('package.json', '{"name":"mine"}\n');
    const { code, stderr } = await runCli(['lock', '--file', file]);
    expect(code).toBe(1);
    expect(stderr).toContain('is no lockfile of workos-mcp');
    expect(readFileSync(file, 'utf8')).toBe('{"name":"mine"}\n');
  });
});

it('holds the digests of what a client receives', async () => {
  const { stdout } = await runCli(['stdio', '--sandbox'], { input: HELLO });
  const [first, second] = stdout
    .trimEnd()
    .split('\n')
    .map(
      (line) => (JSON.parse(line) as { result: { instructions: string; tools: { name: string }[] } }).result,
    );
  const received = lockOf({ instructions: first!.instructions, policy: {}, tools: second!.tools });
  const { instructions, tools } = JSON.parse(committed) as typeof received;
  expect(received).toMatchObject({ instructions, tools });
});

it.each(NODES)('is the same from sources with the line ends of Windows, under %s', async (_name, node) => {
  const source = `import { builtLock } from './src/lock/built.ts';
    import { lockText } from './src/lock/digests.ts';
    process.stdout.write(lockText(builtLock()));`;
  let converted = 0;
  const outfile = join(folder, 'windows.js');
  await build({
    stdin: { contents: source, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    platform: 'node',
    outfile,
    plugins: [
      {
        name: 'windows',
        setup: (building) => {
          building.onLoad(
            { filter: /[\\/]src[\\/](?:tools|mcp|gateway|lock)[\\/].*\.ts$/ },
            async ({ path }) => {
              converted += 1;
              return { contents: (await readFile(path, 'utf8')).replaceAll('\n', '\r\n'), loader: 'ts' };
            },
          );
        },
      },
    ],
  });
  expect(converted).toBeGreaterThan(20);
  expect(await runCli([], { node, bundle: outfile })).toMatchObject({ code: 0, stdout: committed });
});
