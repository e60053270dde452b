import { execFile } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireBundle } from '../support/bundle.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const VSCE = join(ROOT, 'node_modules/@vscode/vsce/vsce');
const MOST_BYTES = 2_000_000;
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'package-'));
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly contributes: unknown;
};

beforeAll(() => void requireBundle());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the .vsix', () => {
  const file = join(folder, 'product.vsix');
  let files: Record<string, Uint8Array> = {};
  let log = '';

  beforeAll(async () => {
    // As on a machine without git or network: nothing is looked up, nothing is asked.
    const env = { PATH: '', HOME: folder };
    const made = await run(process.execPath, [VSCE, 'package', '--no-dependencies', '--out', file], {
      cwd: ROOT,
      env,
    });
    log = made.stdout + made.stderr;
    files = unzipSync(readFileSync(file));
  }, 60_000);

  it('is packed without a warning', () => {
    expect(log).toContain('DONE');
    expect(log).not.toMatch(/WARN/u);
  });

  it('holds what runs, what is read, and nothing else', () => {
    const texts = globSync(
      ['package.nls.*.json', 'l10n/bundle.l10n*.json', 'media/{chat,walkthrough}/**/*.*'],
      {
        cwd: ROOT,
      },
    );
    const expected = [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      ...[
        'LICENSE.txt',
        'changelog.md',
        'readme.md',
        'package.json',
        'package.nls.json',
        'dist/LEGAL.txt',
        'dist/audit-format.md',
        'dist/audit-verify.js',
        'dist/extension.js',
        'dist/isolate.js',
        'dist/sample-account.js',
        'dist/token-counter.js',
        'media/icon.png',
        'media/workos.svg',
        ...texts,
      ].map((name) => `extension/${name.replaceAll('\\', '/')}`),
    ];
    expect(Object.keys(files).toSorted()).toEqual(expected.toSorted());
    expect(texts.filter((name) => !/\.(?:json|md|svg|png)$/u.test(name))).toEqual([]);
  });

  it('is small', () => {
    expect(readFileSync(file).length).toBeLessThan(MOST_BYTES);
    expect(files['extension/dist/extension.js']?.length).toBeLessThanOrEqual(720_000);
  });

  it('has every file that its manifest names', () => {
    const paths = textsIn(manifest.contributes).filter((text) =>
      /^(?:\.\/)?[\w-]+\/[\w./-]+\.\w+$/u.test(text),
    );
    const missing = paths.filter((path) => files[`extension/${path.replace(/^\.\//u, '')}`] === undefined);
    expect(paths).toContain('media/workos.svg');
    expect(missing).toEqual([]);
  });

  it('has an icon of 128 pixels', () => {
    const png = Buffer.from(files['extension/media/icon.png'] ?? []);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([128, 128]);
  });
});

describe('the package for npm', () => {
  it('installs and runs alone', async () => {
    const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const [made] = JSON.parse((await npm(pack, ROOT)).stdout) as [
      { filename: string; files: { path: string }[] },
    ];
    expect(made.files.map(({ path }) => path).toSorted()).toEqual([
      'LICENSE',
      'README.md',
      'dist/audit-format.md',
      'dist/audit-verify.js',
      'dist/token-counter.js',
      'dist/workos-mcp.js',
      'dist/workos-mcp.js.LEGAL.txt',
      'package.json',
    ]);
    const home = mkdtempSync(join(folder, 'home-'));
    await npm(['install', '--offline', '--omit=dev', join(folder, made.filename)], home);
    const { stdout } = await npm(['exec', '--offline', '--', 'workos-mcp', '--version'], home);
    expect(stdout.trim()).toBe(manifest.version);
    const call = ['workos-mcp', 'call', 'list_workos_organizations', '{"limit":1}', '--sandbox'];
    expect(JSON.parse((await npm(['exec', '--offline', '--', ...call], home)).stdout)).toMatchObject({
      items: [{ name: expect.any(String) }],
    });
  }, 90_000);
});

describe('the list of what is bundled', () => {
  it('names the libraries and no tool for development', async () => {
    const out = join(folder, 'sbom.cdx.json');
    await run(process.execPath, [join(ROOT, 'scripts/sbom.mts'), '--out', out], { cwd: ROOT });
    const { bomFormat, components } = JSON.parse(readFileSync(out, 'utf8')) as {
      bomFormat: string;
      components: { name: string; purl: string; licenses: unknown[] }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    const names = components.map(({ purl }) => decodeURIComponent(purl).replace(/^pkg:npm\/|@[^@]*$/gu, ''));
    expect(names).toEqual(
      expect.arrayContaining([
        'zod',
        '@workos-inc/node',
        '@modelcontextprotocol/sdk',
        'canonicalize',
        'csv-parse',
        'csv-stringify',
      ]),
    );
    expect(names.filter((name) => /vitest|esbuild|typescript|vsce/u.test(name))).toEqual([]);
    expect(components.every(({ licenses }) => licenses.length > 0)).toBe(true);
  }, 60_000);
});

/** npm as the person has it, without the settings of the npm that runs the tests. */
function npm(args: readonly string[], cwd: string) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  return run('npm', args, { cwd, env });
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
