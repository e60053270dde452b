// `npm run package:mcpb`: a bundle for clients that install MCP servers from a file, such as Claude Desktop; and
// dist/server.json, the entry for the MCP registry with the bundle's checksum.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { zipSync, type Zippable } from 'fflate';
import { tools } from '../src/tools/registry.ts';

const ROOT = resolve(import.meta.dirname, '..');
const ENTRY = 'dist/workos-mcp.js';
/** The verifier stands alone: whoever audits needs nothing else. */
const FILES = [ENTRY, 'dist/audit-verify.js', `${ENTRY}.LEGAL.txt`, 'LICENSE'] as const;
/** The earliest a zip can hold: the file depends on its content only. */
const DATE = '1980-01-01T12:00:00';

interface Manifest {
  readonly name: string;
  readonly displayName: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly author: { readonly name: string };
  readonly homepage: string;
  readonly repository: { readonly url: string };
  readonly bugs: { readonly url: string };
  readonly keywords: readonly string[];
}

const product = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as Manifest;
const repository = product.repository.url.replace(/^git\+|\.git$/gu, '');
const name = `${product.name}-${product.version}.mcpb`;
const { values } = parseArgs({ options: { out: { type: 'string', default: name } } });

const bundle = zipSync(
  {
    'manifest.json': Buffer.from(`${JSON.stringify(manifest(), null, 2)}\n`),
    'icon.png': readFileSync(resolve(ROOT, 'media/icon.png')),
    ...Object.fromEntries(FILES.map((file) => [file, readFileSync(resolve(ROOT, file))])),
  } satisfies Zippable,
  { mtime: DATE, level: 9 },
);
writeFileSync(resolve(values.out), bundle);
writeFileSync(resolve(ROOT, 'dist/server.json'), `${JSON.stringify(registryEntry(), null, 2)}\n`);

function manifest() {
  return {
    manifest_version: '0.3',
    name: product.name,
    display_name: product.displayName,
    version: product.version,
    description: product.description,
    author: product.author,
    repository: { type: 'git', url: repository },
    homepage: product.homepage,
    documentation: product.homepage,
    support: product.bugs.url,
    icon: 'icon.png',
    server: {
      type: 'node',
      entry_point: ENTRY,
      mcp_config: {
        command: 'node',
        args: [`\${__dirname}/${ENTRY}`, 'stdio'],
        env: { WORKOS_API_KEY: '${user_config.api_key}' },
      },
    },
    tools: Object.values(tools).map((tool) => ({
      name: tool.name,
      description: tool.description.split(/(?<=\.) /u)[0],
    })),
    prompts_generated: true,
    keywords: product.keywords,
    license: product.license,
    privacy_policies: ['https://workos.com/legal/privacy'],
    compatibility: { platforms: ['darwin', 'win32', 'linux'], runtimes: { node: '>=22.15.0' } },
    user_config: {
      api_key: {
        type: 'string',
        title: 'WorkOS API key',
        description:
          'Starts with sk_test_ or sk_live_; in the WorkOS dashboard under API Keys. A production key (sk_live_) only reads.',
        sensitive: true,
        required: true,
      },
    },
  };
}

/** server.json with the bundle as a second way to get the server. */
function registryEntry() {
  const entry = JSON.parse(readFileSync(resolve(ROOT, 'server.json'), 'utf8')) as { packages: object[] };
  const mcpb = {
    registryType: 'mcpb',
    identifier: `${repository}/releases/download/v${product.version}/${name}`,
    version: product.version,
    fileSha256: createHash('sha256').update(bundle).digest('hex'),
    transport: { type: 'stdio' },
  };
  return { ...entry, packages: [...entry.packages, mcpb] };
}
