import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { vi } from 'vitest';
import type { Past, PastCall } from '../../src/metrics/past.ts';
import type { Report } from '../../src/metrics/report.ts';
import { seeded } from '../unit/gateway/support.ts';
import { startAccount } from './account.ts';
import { runCli } from './cli.ts';
import { connectHttp, connectStdio } from './clients.ts';
import { goodHeaders, type RawResponse, rawRequest } from './raw-http.ts';
import { recomputed } from './recomputed.ts';
import { startServer } from './server.ts';

/** What a client saw of a call of its own. */
export interface Seen {
  readonly client: string;
  readonly tool: string;
  readonly status: string;
  readonly text: string;
}

/** What three clients and a person saw, and what was measured meanwhile and afterwards. */
export interface MixedLoad {
  readonly seen: readonly Seen[];
  /** `stats --json` while the sessions are open, and after they ended. */
  readonly during: Report;
  readonly after: Report;
  /** What GET /metrics answered when all calls were done. */
  readonly metrics: RawResponse;
  /** Everything in the state directory's journals. */
  readonly past: readonly Past[];
  /** The calls as all files together tell of them. */
  readonly files: readonly PastCall[];
  /** What the server said on stderr: a line per call. */
  readonly lines: readonly string[];
  readonly token: string;
}

const CALLS = 30;
const PATIENCE = { timeout: 30_000, interval: 200 };

/** Runs a mix of calls through the built server by two clients over HTTP, one over stdio, and a person. */
export async function runMixedLoad(): Promise<MixedLoad> {
  const home = process.env['WORKOS_MCP_HOME'] ?? '';
  const account = await startAccount();
  const organization = account.account.organizations.find(({ name }) => name === 'Acme Corp')?.id ?? '';
  const server = await startServer({ env: account.env, args: ['--metrics'] });
  const stdio = await connectStdio({ name: 'over-stdio', env: { ...account.env, WORKOS_MCP_HOME: home } });
  const clients = await Promise.all(['first', 'second'].map((name) => connectHttp(server, { name })));
  const seen = await Promise.all(
    [...clients, stdio].map((client, index) => load(client, names[index] ?? '', index, organization)),
  ).then((each) => each.flat());
  const { stdout } = await runCli(['call', 'list_directories'], { env: account.env });
  seen.push({ client: '(terminal)', tool: 'list_directories', status: 'ok', text: stdout.trimEnd() });
  const during = await statsOnce(({ spans }) => spans['24h'].requests >= seen.length);
  const headers = goodHeaders(server);
  const metrics = await rawRequest(server.port, { method: 'GET', path: '/metrics', headers });
  const { stderr } = await server.stop();
  await stdio.close();
  const after = await statsOnce(({ live_sessions: sessions }) => sessions === 0);
  const past = readdirSync(join(home, 'metrics')).flatMap((name) => recordsIn(join(home, 'metrics', name)));
  const files = recomputed(home);
  return { seen, during, after, metrics, past, files, lines: stderr.split('\n'), token: server.token };
}

const names = ['first', 'second', 'over-stdio'];

/** Calls that succeed, large and small, and that fail in several ways. */
async function load(client: Client, name: string, seed: number, organization: string): Promise<Seen[]> {
  const random = seeded(seed);
  const mix: [string, object][] = [
    ['list_workos_organizations', {}],
    ['list_workos_organizations', { limit: 1 }],
    ['list_workos_organizations', { limit: 0 }],
    ['list_sso_connections', {}],
    ['list_directories', {}],
    ['get_organization_details', { organization }],
    ['get_organization_details', { organization: 'Nobody' }],
    ['get_audit_log_events', { organization }],
  ];
  const seen: Seen[] = [];
  for (let count = 0; count < CALLS; count += 1) {
    const [tool = '', input] = mix[Math.floor(random() * mix.length)] ?? [];
    const { content, isError } = await client.callTool({ name: tool, arguments: { ...input } });
    const [{ text }] = content as [{ text: string }];
    const status = isError === true ? (JSON.parse(text) as { code: string }).code : 'ok';
    seen.push({ client: name, tool, text, status });
  }
  return seen;
}

/** What `stats --json` says once it says so. */
function statsOnce(isSo: (report: Report) => boolean): Promise<Report> {
  return vi.waitFor(async () => {
    const { stdout } = await runCli(['stats', '--json']);
    const report = JSON.parse(stdout) as Report;
    if (!isSo(report)) throw new Error(`stats said ${stdout}`);
    return report;
  }, PATIENCE);
}

function recordsIn(file: string): Past[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Past);
}
