import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { NODE_22 } from './bundle.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
/** The repository's lockfile. */
export const COMMITTED = join(ROOT, 'workos-mcp.lock');
export const committed = readFileSync(COMMITTED, 'utf8');

/** The newest and the oldest Node the bundle runs on. */
export const NODES = [
  ['Node 24', process.execPath],
  ['Node 22', NODE_22],
] as const;

/** What a client says first over stdio. */
export const HELLO = [
  {
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
  },
  { id: 1, method: 'tools/list' },
]
  .map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  .join('');

/** A folder of the test file, gone at its end. */
export const folder = mkdtempSync(join(tmpdir(), 'workos-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file into the folder and returns its path. */
export function fileWith(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** A lockfile that accepted another description of one tool. */
export function pinnedElsewhere(): string {
  const lock = JSON.parse(committed) as { tools: Record<string, Record<string, string>> };
  lock.tools['list_directories']!['description'] = `sha256:${'0'.repeat(64)}`;
  return fileWith('elsewhere.lock', JSON.stringify(lock));
}
