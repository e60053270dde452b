import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SRC = new URL('../../src/', import.meta.url);

/** Which rooms each room may import from, besides itself. Composition roots may import from any. */
const ALLOWED: Record<string, readonly string[]> = {
  shared: [],
  access: ['shared'],
  audit: ['access', 'gateway', 'tools', 'shared'],
  workos: ['shared'],
  tools: ['workos', 'shared'],
  egress: ['workos', 'shared'],
  privacy: ['shared'],
  untrusted: ['shared'],
  gateway: ['access', 'privacy', 'untrusted', 'tools', 'shared'],
  mcp: ['access', 'gateway', 'tools', 'shared'],
  metrics: ['access', 'audit', 'gateway', 'privacy', 'tools', 'shared'],
  doctor: ['access', 'audit', 'egress', 'lock', 'shared'],
  lock: ['mcp', 'gateway', 'tools', 'shared'],
  isolate: ['workos', 'tools', 'shared'],
  sandbox: ['workos'],
  vscode: [
    'access',
    'audit',
    'doctor',
    'lock',
    'mcp',
    'metrics',
    'gateway',
    'privacy',
    'tools',
    'sandbox',
    'shared',
    'runtime.ts',
  ],
};
const ROOTS: readonly string[] = ['cli', 'cli.ts', 'audit-verify.ts', 'extension.ts', 'runtime.ts'];

/** Packages that only one place may import. */
const OWNED: Record<string, RegExp> = {
  '@workos-inc/node': /^workos\/client\.ts$/u,
  '@modelcontextprotocol/sdk': /^mcp\//u,
  'ipaddr.js': /^egress\//u,
  'node:https': /^egress\//u,
  'node:tls': /^egress\//u,
  'csv-parse': /^workos\/audit-log-csv\.ts$/u,
  vscode: /^(extension\.ts|vscode\/)/u,
};

const imports = globSync('**/*.ts', { cwd: SRC }).flatMap((path) => {
  const file = path.replaceAll('\\', '/');
  const text = readFileSync(new URL(file, SRC), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'([^']+)'/gu)].map(([, target]) => ({
    file,
    target: target!,
  }));
});

const roomOf = (path: string) => path.split('/')[0]!;

describe('architecture', () => {
  it('sees the imports', () => {
    expect(imports.length).toBeGreaterThan(200);
  });

  it('has a rule for every room', () => {
    const rooms = new Set(imports.map(({ file }) => roomOf(file)));
    expect([...rooms].toSorted()).toEqual([...Object.keys(ALLOWED), ...ROOTS].toSorted());
  });

  it('has imports that point one way', () => {
    const wrong = imports.filter(({ file, target }) => {
      if (!target.startsWith('.') || /\.(json|lock)$/u.test(target) || ROOTS.includes(roomOf(file)))
        return false;
      const room = roomOf(new URL(target, new URL(file, SRC)).pathname.slice(SRC.pathname.length));
      return room !== roomOf(file) && !ALLOWED[roomOf(file)]!.includes(room);
    });
    expect(wrong).toEqual([]);
  });

  it('has each outside package imported by its owner only', () => {
    const wrong = imports.filter(({ file, target }) => {
      const owner = Object.entries(OWNED).find(
        ([name]) => target === name || target.startsWith(`${name}/`),
      )?.[1];
      return owner !== undefined && !owner.test(file);
    });
    expect(wrong).toEqual([]);
  });
});
