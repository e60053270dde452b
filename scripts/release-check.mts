// `npm run release:check`: everything a release needs, strictly. Packs what is shipped into dist/release, with its SBOM.
// Nothing is published, and the network is asked for advisories only.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { auditGate, isRecord } from './release/audit-gate.mts';
import { type Bundled, sbomProblems, versionProblems } from './release/contents.mts';
import { type Ended, runNode, runNpm } from './release/npm.mts';

const ROOT = resolve(import.meta.dirname, '..');
const MOST_LINES = 20;
const OUT = join(ROOT, 'dist/release');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const { name, version } = JSON.parse(read('package.json')) as { name: string; version: string };
const out = (ending: string) => join(OUT, `${name}-${version}.${ending}`);

/** What each check finds wrong; in this order, since the later ones need what the earlier ones packed. */
const CHECKS: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  'npm audit': async () => (await auditGate(new Date())).problems,
  'version and changelog': async () => {
    const lock: unknown = JSON.parse(read('package-lock.json'));
    const server: unknown = JSON.parse(read('server.json'));
    const others = { 'package-lock.json': versionOf(lock), 'server.json': versionOf(server) };
    return versionProblems(version, { changelog: read('CHANGELOG.md'), others });
  },
  'workos-mcp.lock': async () => failed(await runNode(['dist/workos-mcp.js', 'lock', '--check'])),
  'package for VS Code': async () =>
    failed(
      await runNode(['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', out('vsix')]),
    ),
  'bundle for Claude Desktop': async () => failed(await runNode(['scripts/mcpb.mts', '--out', out('mcpb')])),
  'package for npm': async () =>
    failed(await runNpm(['pack', '--ignore-scripts', '--pack-destination', OUT])),
  SBOM: async () => {
    const made = failed(await runNode(['scripts/sbom.mts', '--out', out('cdx.json')]));
    if (made.length > 0) return made;
    const sbom: unknown = JSON.parse(readFileSync(out('cdx.json'), 'utf8'));
    const bundled = JSON.parse(read('dist/bundled.json')) as readonly Bundled[];
    return sbomProblems(sbom, bundled, JSON.parse(read('package-lock.json')));
  },
};

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
for (const [what, check] of Object.entries(CHECKS)) {
  const problems = await check();
  process.stdout.write(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${what}\n`);
  for (const problem of problems) process.stdout.write(`       ${problem}\n`);
  if (problems.length > 0) process.exitCode = 1;
}

/** The first lines of what a program that failed printed. */
function failed({ code, stdout, stderr }: Ended): readonly string[] {
  if (code === 0) return [];
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '…'] : lines;
}

function versionOf(value: unknown): unknown {
  return isRecord(value) ? value['version'] : undefined;
}
