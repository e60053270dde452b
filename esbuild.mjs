// Builds what runs and checks that it is what it should be: dist/workos-mcp.js, one file that runs alone (beside
// dist/token-counter.js it counts tokens, without it it estimates them), and the extension: dist/extension.js with
// dist/sample-account.js, which it loads when somebody explores the sample account, and dist/isolate.js, the process its
// tools run in, and dist/token-counter.js.
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { leaveOutUnusedOf } from './scripts/build/leave-out-unused.mjs';

const CLI = 'dist/workos-mcp.js';
const EXTENSION = 'dist/extension.js';
const SAMPLE = 'dist/sample-account.js';
const ISOLATE = 'dist/isolate.js';
const TOKENS = 'dist/token-counter.js';
const AUDIT_VERIFY = 'dist/audit-verify.js';
/** Bytes. Raise them knowingly: whatever comes in is parsed at every start. */
const BUDGETS = {
  [CLI]: 900_000,
  [EXTENSION]: 720_000,
  [SAMPLE]: 100_000,
  [ISOLATE]: 450_000,
  [TOKENS]: 2_900_000,
  [AUDIT_VERIFY]: 50_000,
};

/**
 * Runs first, in syntax and with functions that any Node since 0.12 knows: 22.15 is the oldest release
 * with everything the bundle uses.
 */
const banner = `#!/usr/bin/env node
'use strict';
(function () {
  var v = process.versions.node.split('.');
  if (+v[0] > 22 || (+v[0] === 22 && +v[1] >= 15)) return;
  require('fs').writeSync(2, 'workos-mcp needs Node 22.15 or newer; this is ' + process.version + '\\n');
  process.exit(2);
})();`;

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

/** The files that are evaluated when this one is. */
function evaluatedWith({ inputs }, entry, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const links = inputs[entry].imports.filter(({ kind, external }) => kind !== 'dynamic-import' && !external);
  for (const { path } of links) evaluatedWith({ inputs }, path, seen);
  return seen;
}

/** Throws if a library is evaluated before the isolate has locked itself down, or the SDK outside of an isolate. */
function checkIsolation({ inputs }) {
  const forbid = (entry, foreign) => {
    if (inputs[entry] === undefined) return;
    const wrong = [...evaluatedWith({ inputs }, entry)].filter((path) => path.includes(foreign));
    if (wrong.length > 0) throw new Error(`${entry} loads ${wrong[0]}: import() it instead.`);
  };
  forbid('src/isolate/child.ts', 'node_modules/');
  forbid('src/cli/run.ts', '@workos-inc/');
  forbid('src/extension.ts', '@workos-inc/');
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
  plugins: [leaveOutUnusedOf('zod', 'modelcontextprotocol', 'workos-inc')],
});
check(cli, CLI);
checkSandboxIsLazy(cli);
// The tokenizer's vocabulary: a thread of its own loads it when there is something to count.
const tokens = await bundle('src/metrics/token-worker.ts', TOKENS, { target: 'node22' });
check(tokens, TOKENS);
// Verifies an audit trail without the rest.
const auditVerify = await bundle('src/audit-verify.ts', AUDIT_VERIFY, {
  target: 'node20',
  banner: { js: '#!/usr/bin/env node' },
});
check(auditVerify, AUDIT_VERIFY);
// What auditors get with it.
await copyFile('docs/audit-format.md', 'dist/audit-format.md');
const packed = [cli.outputs[CLI], tokens.outputs[TOKENS], auditVerify.outputs[AUDIT_VERIFY]];
await writeFile(`${CLI}.LEGAL.txt`, await notices('workos-mcp', packed));

const extension = await bundle('src/extension.ts', EXTENSION, {
  target: 'node22',
  external: ['vscode'],
  // import() of the sample account becomes require().
  supported: { 'dynamic-import': false },
  // VS Code logs an error when an extension looks at this global of newer Nodes; libraries ask it for browsers' names.
  define: { navigator: 'undefined' },
  plugins: [leaveOutUnusedOf('zod', 'modelcontextprotocol'), sampleOutside],
});
const sample = await bundle('src/sandbox/server.ts', SAMPLE, { target: 'node22' });
const isolate = await bundle('src/isolate/main.ts', ISOLATE, {
  target: 'node22',
  plugins: [leaveOutUnusedOf('zod', 'workos-inc')],
});
check(extension, EXTENSION, ['vscode', './sample-account.js']);
checkSandboxIsOutside(extension);
for (const made of [cli, extension, isolate]) checkIsolation(made);
check(sample, SAMPLE);
check(isolate, ISOLATE);
const bundles = [
  extension.outputs[EXTENSION],
  sample.outputs[SAMPLE],
  isolate.outputs[ISOLATE],
  tokens.outputs[TOKENS],
];
// The extension's package has the verifier, too.
const installed = [...bundles, auditVerify.outputs[AUDIT_VERIFY]];
await writeFile('dist/LEGAL.txt', await notices('The extension', installed));
// For scripts/sbom.mts.
const all = await bundled([...packed, ...bundles]);
await writeFile('dist/bundled.json', `${JSON.stringify(all, null, 2)}\n`);
