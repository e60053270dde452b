import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type CliResult, runCli } from './cli.ts';

/** A call that is recorded with all its parts. */
export const CALL = ['call', 'list_workos_organizations', '{"search":"Acme Corp"}', '--sandbox'];

const scratch: string[] = [];
afterAll(() => {
  for (const folder of scratch) rmSync(folder, { recursive: true, force: true });
});

/** A folder that ends with the test file. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'workos-mcp-audit-'));
  scratch.push(folder);
  return folder;
}

/** A copy of a state directory, which may be spoilt. */
export function copyOf(home: string): string {
  const folder = newFolder();
  cpSync(home, folder, { recursive: true });
  return folder;
}

/** Runs the CLI on a state directory. */
export function cliIn(
  home: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<CliResult> {
  return runCli(args, { env: { WORKOS_MCP_HOME: home, ...env } });
}

/** What happened besides calls, as `[command of the chain, name, details]`. */
export function auditEventsIn(home: string): [string, string, unknown][] {
  return auditFiles(home).flatMap((file) => {
    const records = recordsIn(file);
    const command = String(records[0]?.body['command']);
    const events = records.filter(({ kind }) => kind === 'event');
    return events.map(({ body }): [string, string, unknown] => [
      command,
      String(body['name']),
      body['details'],
    ]);
  });
}

/** The audit files of a state directory, oldest first. */
export function auditFiles(home: string): string[] {
  return readdirSync(join(home, 'audit'))
    .filter((name) => name.endsWith('.jsonl'))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => join(home, 'audit', name));
}

interface AuditLine {
  readonly chain_id: string;
  readonly kind: string;
  readonly seq: number;
  readonly body: { readonly certificate?: { readonly assurance: string }; readonly [name: string]: unknown };
}

/** Their records, in order. */
export function auditRecords(home: string): AuditLine[] {
  return auditFiles(home).flatMap(recordsIn);
}

function recordsIn(file: string): AuditLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}
