// Builds what runs and checks that it is what it should be: dist/workos-mcp.js, one file that runs alone, and the
// extension: dist/extension.js with dist/sample-account.js, which it loads when somebody explores the sample account.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const CLI = 'dist/workos-mcp.js';
const EXTENSION = 'dist/extension.js';
const SAMPLE = 'dist/sample-account.js';
const AUDIT_VERIFY = 'dist/audit-verify.js';
/** Bytes. Raise them knowingly: whatever comes in is parsed at every start. */
const BUDGETS = { [CLI]: 750_000, [EXTENSION]: 700_000, [SAMPLE]: 100_000, [AUDIT_VERIFY]: 50_000 };

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
  // Zod's compiler and its reader of JSON schemas (40 kB), reached only as z.compile and z.fromJSONSchema.
  {
    filter: /[\\/]zod[\\/]v4[\\/]core[\\/]compile\.js$/,
    contents: `export const INVALID = Symbol.for('zod.compile.invalid');
      export class ZodCompileAsyncError extends Error {}
      export class ZodCompileUnsupportedError extends Error {}
      export const compile = undefined, withParser = undefined, compileFn = undefined;`,
  },
  {
    filter: /[\\/]zod[\\/]v4[\\/]classic[\\/]from-json-schema\.js$/,
    contents: 'export const fromJSONSchema = undefined;',
  },
  // The MCP SDK's validator for answers to forms (140 kB with Ajv); src/mcp/confirm.ts reads its one field itself.
  {
    filter: /[\\/]@modelcontextprotocol[\\/]sdk[\\/].*[\\/]validation[\\/]ajv-provider\.js$/,
    contents:
      "export class AjvJsonSchemaValidator { getValidator() { throw new Error('No validator in this bundle.'); } }",
  },
  // The WorkOS SDK's JWT library (60 kB), loaded when an application's own sessions are checked.
  {
    filter: /[\\/]@workos-inc[\\/]node[\\/]lib[\\/]webapi-[\w-]+\.mjs$/,
    contents: "throw new Error('No JWT library in this bundle.');",
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

/** Leaves the sample account outside: a file of its own beside the extension. */
const sampleOutside = {
  name: 'sample-outside',
  setup({ onResolve }) {
    onResolve({ filter: /[\\/]sandbox[\\/]server\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './sample-account.js', external: true } : undefined,
    );
  },
};

const isSandbox = (path) => path.startsWith('src/sandbox/');

/** Throws unless the bundle keeps its budget and needs nothing at run time but Node and what is named. */
function check({ outputs }, file, needed = []) {
  const { bytes, imports } = outputs[file];
  const known = new Set([...builtinModules.flatMap((name) => [name, `node:${name}`]), ...needed]);
  const foreign = imports.filter(({ path }) => !known.has(path)).map(({ path }) => path);
  if (foreign.length > 0) throw new Error(`${file} needs at run time: ${foreign.join(', ')}`);
  const missing = needed.filter((name) => imports.every(({ path }) => path !== name));
  if (missing.length > 0) throw new Error(`${file} does not load ${missing.join(', ')} any more.`);
  if (bytes > BUDGETS[file]) throw new Error(`${file} has ${bytes} bytes, its budget is ${BUDGETS[file]}.`);
  process.stderr.write(`${file} ${Math.round(bytes / 1000)} kB\n`);
}

/** Throws unless the bundle holds the sandbox without starting it. */
function checkSandboxIsLazy({ inputs }) {
  const entries = Object.entries(inputs)
    .filter(([path]) => !isSandbox(path))
    .flatMap(([path, input]) => input.imports.map((link) => ({ from: path, ...link })))
    .filter(({ path }) => isSandbox(path));
  if (entries.length === 0) throw new Error('The sandbox is missing.');
  for (const { from, kind } of entries) {
    if (kind !== 'dynamic-import')
      throw new Error(`${from} loads the sandbox at every start: import() it instead.`);
  }
}

/** Throws if a part of the sandbox is parsed by every window that loads the extension. */
function checkSandboxIsOutside({ outputs }) {
  const inside = Object.keys(outputs[EXTENSION].inputs).filter(isSandbox);
  if (inside.length > 0)
    throw new Error(`${EXTENSION} holds ${inside.join(', ')}: import() src/sandbox/server.ts.`);
}

/** The folder, name and version of each package bundled into the files. */
async function bundled(outputs) {
  const paths = outputs
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
    .filter((path) => path !== undefined);
  const unique = [...new Set(paths)].sort((x, y) => x.localeCompare(y));
  return Promise.all(
    unique.map(async (path) => {
      const { name, version } = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'));
      return { path, name, version };
    }),
  );
}

/** The licence of each package bundled into the files, as their terms ask for. */
async function notices(title, outputs) {
  const parts = (await bundled(outputs)).map(async ({ path, name, version }) => {
    const file = (await readdir(path)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file.`);
    return `${name} ${version}\n\n${(await readFile(join(path, file), 'utf8')).trim()}\n`;
  });
  return `${title} contains these packages:\n\n${(await Promise.all(parts)).join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** Bundles one entry as CommonJS and returns esbuild's account of it. */
async function bundle(entry, outfile, options) {
  const { metafile } = await build({
    bundle: true,
    format: 'cjs',
    platform: 'node',
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    entryPoints: [entry],
    loader: { '.lock': 'json' },
    outfile,
    ...options,
  });
  return metafile;
}

const cli = await bundle('src/cli.ts', CLI, {
  target: 'node18',
  banner: { js: banner },
  plugins: [leaveOutUnused],
});
check(cli, CLI);
checkSandboxIsLazy(cli);
// Verifies an audit trail without the rest.
const auditVerify = await bundle('src/audit-verify.ts', AUDIT_VERIFY, {
  target: 'node20',
  banner: { js: '#!/usr/bin/env node' },
});
check(auditVerify, AUDIT_VERIFY);
await writeFile(
  `${CLI}.LEGAL.txt`,
  await notices('workos-mcp', [cli.outputs[CLI], auditVerify.outputs[AUDIT_VERIFY]]),
);

const extension = await bundle('src/extension.ts', EXTENSION, {
  target: 'node22',
  external: ['vscode'],
  // import() of the sample account becomes require().
  supported: { 'dynamic-import': false },
  // VS Code logs an error when an extension looks at this global of newer Nodes; libraries ask it for browsers' names.
  define: { navigator: 'undefined' },
  plugins: [leaveOutUnused, sampleOutside],
});
const sample = await bundle('src/sandbox/server.ts', SAMPLE, { target: 'node22' });
check(extension, EXTENSION, ['vscode', './sample-account.js']);
checkSandboxIsOutside(extension);
check(sample, SAMPLE);
const bundles = [extension.outputs[EXTENSION], sample.outputs[SAMPLE]];
await writeFile('dist/LEGAL.txt', await notices('The extension', bundles));
// For scripts/sbom.mts.
const all = await bundled([cli.outputs[CLI], auditVerify.outputs[AUDIT_VERIFY], ...bundles]);
await writeFile('dist/bundled.json', `${JSON.stringify(all, null, 2)}\n`);
