// Builds dist/workos-mcp.js, one file that runs alone, and dist/extension.js, and checks that they are what they should be.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const OUTFILE = 'dist/workos-mcp.js';
const EXTENSION = 'dist/extension.js';
/** Bytes. Raise it knowingly: whatever comes in is parsed at every start. */
const BUDGET = 750_000;

/**
 * Runs first, in syntax and with functions that any Node since 0.12 knows: 22.15 is the oldest release
 * with everything the bundle uses.
 */
const banner = `#!/usr/bin/env node
(function () {
  var v = process.versions.node.split('.');
  if (+v[0] > 22 || (+v[0] === 22 && +v[1] >= 15)) return;
  require('fs').writeSync(2, 'workos-mcp needs Node 22.15 or newer; this is ' + process.version + '\\n');
  process.exit(2);
})();`;

/** Modules that libraries drag in and this program never uses. */
const replaced = [
  // Zod's messages in forty languages; English is loaded by name.
  { filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/, contents: 'export {};' },
  // The MCP SDK's validator for answers to forms (140 kB with Ajv); src/mcp/confirm.ts reads its one field itself.
  {
    filter: /[\\/]@modelcontextprotocol[\\/]sdk[\\/].*[\\/]validation[\\/]ajv-provider\.js$/,
    contents:
      "export class AjvJsonSchemaValidator { getValidator() { throw new Error('No validator in this bundle.'); } }",
  },
];

const leaveOutUnused = {
  name: 'leave-out-unused',
  setup({ onLoad, onEnd }) {
    const seen = new Set();
    for (const { filter, contents } of replaced) {
      onLoad({ filter }, () => {
        seen.add(filter);
        return { contents, loader: 'js' };
      });
    }
    onEnd(() => {
      for (const { filter } of replaced)
        if (!seen.has(filter)) throw new Error(`Nothing matches ${filter} any more.`);
    });
  },
};

/** Throws unless the bundle needs only Node, holds the sandbox without starting it, and keeps its budget. */
function check({ inputs, outputs }) {
  const { bytes, imports } = outputs[OUTFILE];
  const builtin = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
  const foreign = imports.filter(({ path }) => !builtin.has(path)).map(({ path }) => path);
  if (foreign.length > 0) throw new Error(`${OUTFILE} is not alone, it needs: ${foreign.join(', ')}`);
  const isSandbox = (path) => path.startsWith('src/sandbox/');
  const entries = Object.entries(inputs)
    .filter(([path]) => !isSandbox(path))
    .flatMap(([path, input]) => input.imports.map((link) => ({ from: path, ...link })))
    .filter(({ path }) => isSandbox(path));
  if (entries.length === 0) throw new Error('The sandbox is missing.');
  for (const { from, kind } of entries) {
    if (kind !== 'dynamic-import')
      throw new Error(`${from} loads the sandbox at every start: import() it instead.`);
  }
  checkBudget(OUTFILE, bytes);
}

function checkBudget(file, bytes) {
  if (bytes > BUDGET) throw new Error(`${file} has ${bytes} bytes, its budget is ${BUDGET}.`);
  process.stderr.write(`${file} ${Math.round(bytes / 1000)} kB\n`);
}

/** The licence of each bundled package, as their terms ask for. */
async function notices({ outputs }) {
  const packages = Object.entries(outputs[OUTFILE].inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
    .filter((path) => path !== undefined);
  const parts = [...new Set(packages)].sort().map(async (path) => {
    const { name, version } = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'));
    const file = (await readdir(path)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file.`);
    return `${name} ${version}\n\n${(await readFile(join(path, file), 'utf8')).trim()}\n`;
  });
  return `workos-mcp contains these packages:\n\n${(await Promise.all(parts)).join(`\n${'-'.repeat(80)}\n\n`)}`;
}

const common = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  minify: true,
  legalComments: 'none',
  plugins: [leaveOutUnused],
  metafile: true,
  logLevel: 'warning',
};
const { metafile } = await build({
  ...common,
  entryPoints: ['src/cli.ts'],
  outfile: OUTFILE,
  target: 'node18',
  banner: { js: banner },
});
const extension = await build({
  ...common,
  entryPoints: ['src/extension.ts'],
  outfile: EXTENSION,
  target: 'node22',
  external: ['vscode'],
});
checkBudget(EXTENSION, extension.metafile.outputs[EXTENSION].bytes);
check(metafile);
await writeFile(`${OUTFILE}.LEGAL.txt`, await notices(metafile));
