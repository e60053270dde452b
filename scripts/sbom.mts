// `npm run sbom`: dist/sbom.cdx.json, the packages that are bundled into what is shipped, as CycloneDX.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runNpm } from './release/npm.mts';

const ROOT = resolve(import.meta.dirname, '..');

interface Component {
  readonly 'bom-ref': string;
}
interface Bom {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}
type Bundled = readonly { readonly name: string; readonly version: string }[];

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist/sbom.cdx.json' } } });
const shipped = JSON.parse(readFileSync(resolve(ROOT, 'dist/bundled.json'), 'utf8')) as Bundled;
const bom = reduced(await installed(), shipped);
writeFileSync(resolve(values.out), `${JSON.stringify(bom, null, 2)}\n`);

/** What npm knows of node_modules. It asks nobody. */
async function installed(): Promise<Bom> {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  const { code, stdout, stderr } = await runNpm(args);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Bom;
}

/** The same without the tools for development. */
function reduced(all: Bom, packages: Bundled): Bom {
  const { name } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as { name: string };
  const root = all.metadata.component['bom-ref'];
  const kept = new Set(packages.map((entry) => `${entry.name}@${entry.version}`));
  const components = all.components.filter((component) => kept.has(component['bom-ref']));
  const missing = kept.size - components.length;
  if (missing !== 0) throw new Error(`npm does not know ${missing} of the bundled packages: run "npm ci".`);
  const dependencies = all.dependencies
    .filter(({ ref }) => ref === root || kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((target) => kept.has(target)) }));
  // npm names the project after its folder.
  const metadata = { ...all.metadata, component: { ...all.metadata.component, name } };
  return { ...all, metadata, components, dependencies };
}
