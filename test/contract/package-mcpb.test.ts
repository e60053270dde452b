import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tools } from '../../src/tools/registry.ts';
import { startAccount } from '../support/account.ts';
import { requireBundle } from '../support/bundle.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const product = read(join(ROOT, 'package.json')) as { version: string; mcpName: string };
const folder = mkdtempSync(join(tmpdir(), 'mcpb-'));
const file = join(folder, 'product.mcpb');

interface McpbManifest {
  readonly manifest_version: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly author: { readonly name: string };
  readonly icon: string;
  readonly server: {
    readonly type: string;
    readonly entry_point: string;
    readonly mcp_config: {
      readonly command: string;
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
    };
  };
  readonly tools: readonly { readonly name: string; readonly description: string }[];
  readonly user_config: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

beforeAll(async () => {
  requireBundle();
  await make(file);
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(file)))) {
    mkdirSync(dirname(join(folder, 'unpacked', name)), { recursive: true });
    writeFileSync(join(folder, 'unpacked', name), bytes);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const manifest = () => read(join(folder, 'unpacked/manifest.json')) as McpbManifest;

it('holds the server, its manifest and its licences', () => {
  expect(Object.keys(unzipSync(readFileSync(file))).toSorted()).toEqual([
    'LICENSE',
    'dist/audit-verify.js',
    'dist/workos-mcp.js',
    'dist/workos-mcp.js.LEGAL.txt',
    'icon.png',
    'manifest.json',
  ]);
});

it('has a manifest with what the format requires, and treats the key as a secret', () => {
  const { server, ...rest } = manifest();
  expect(rest).toMatchObject({
    manifest_version: '0.3',
    name: 'workos-mcp',
    version: product.version,
    description: expect.stringMatching(/\w/u),
    author: { name: expect.stringMatching(/\w/u) },
    icon: 'icon.png',
    user_config: { api_key: { type: 'string', title: 'WorkOS API key', sensitive: true, required: true } },
  });
  expect(server).toMatchObject({ type: 'node', entry_point: 'dist/workos-mcp.js' });
  expect(rest.tools.map(({ name }) => name)).toEqual(Object.keys(tools));
  expect(rest.tools.filter(({ description }) => description.length < 20)).toEqual([]);
});

it('runs by its manifest', async () => {
  const sandbox = await startAccount();
  const { command, args, env } = manifest().server.mcp_config;
  const filled = (text: string) =>
    text
      .replace(/\$\{__dirname\}/gu, join(folder, 'unpacked'))
      .replace(/\$\{user_config\.api_key\}/gu, sandbox.apiKey);
  const values = Object.entries(env).map(([name, value]) => [name, filled(value)]);
  expect(command).toBe('node');
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: args.map(filled),
    env: {
      ...Object.fromEntries(values),
      WORKOS_API_BASE_URL: sandbox.url,
      WORKOS_MCP_HOME: process.env['WORKOS_MCP_HOME'] ?? '',
    },
  });
  const client = new Client({ name: 'package-test', version: '1.0' });
  await client.connect(transport);
  try {
    const listed = await client.listTools();
    expect(listed.tools.map(({ name }) => name).toSorted()).toEqual(Object.keys(tools).toSorted());
    const result = await client.callTool({ name: 'list_workos_organizations', arguments: { limit: 1 } });
    expect(result.isError ?? false).toBe(false);
    expect(sandbox.requests.count()).toBeGreaterThan(0);
  } finally {
    await client.close();
  }
});

it('is the same file whenever it is made', async () => {
  const again = join(folder, 'again.mcpb');
  await make(again);
  expect(readFileSync(again).equals(readFileSync(file))).toBe(true);
});

it('has an entry for the MCP registry that agrees with the package', () => {
  const entry = read(join(ROOT, 'server.json')) as Record<string, unknown> & { packages: object[] };
  expect(entry).toMatchObject({
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    name: product.mcpName,
    version: product.version,
    packages: [
      {
        registryType: 'npm',
        identifier: 'workos-mcp',
        version: product.version,
        transport: { type: 'stdio' },
        environmentVariables: expect.arrayContaining([
          expect.objectContaining({ name: 'WORKOS_API_KEY', isRequired: true, isSecret: true }),
        ]),
      },
    ],
  });
  expect(entry['name']).toMatch(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/u);
  expect(String(entry['description']).length).toBeLessThanOrEqual(100);
  const published = read(join(ROOT, 'dist/server.json')) as typeof entry;
  const [npm, mcpb] = published.packages;
  expect({ ...published, packages: [npm] }).toEqual(entry);
  expect(mcpb).toMatchObject({
    registryType: 'mcpb',
    identifier: expect.stringMatching(/^https:\/\/github\.com\/.*\.mcpb$/u),
    version: product.version,
    fileSha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
  });
});

async function make(out: string): Promise<void> {
  const script = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', join(ROOT, 'scripts/mcpb.mts')];
  await promisify(execFile)(process.execPath, [...script, '--out', out], { cwd: ROOT });
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
