import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PastCall } from '../../src/metrics/past.ts';
import type { NamedFigures, Report } from '../../src/metrics/report.ts';
import { runCli } from '../support/cli.ts';
import { connectHttp, connectStdio } from '../support/clients.ts';
import { groups } from '../support/naive-metrics.ts';
import { recomputed } from '../support/recomputed.ts';
import { tokensHome } from '../support/tokens.ts';
import { expectFigures } from '../unit/metrics/support.ts';

const homes = mkdtempSync(join(tmpdir(), 'metrics-files-'));
afterAll(() => rmSync(homes, { recursive: true, force: true }));

const LIST = ['call', 'list_workos_organizations', '{"limit":1}', '--sandbox'];
const { home, issue, serve, cli } = tokensHome();
const env = { WORKOS_MCP_HOME: home };
let all: readonly PastCall[] = [];

beforeAll(async () => {
  const server = await serve();
  const { token } = await issue('laptop');
  const stdio = await connectStdio({ name: 'over-stdio', args: ['--sandbox'], env });
  const clients = [
    await connectHttp({ url: server.url, token }, { name: 'with-token' }),
    await connectHttp(server, { name: 'with-server-token' }),
    stdio,
  ];
  for (const client of clients)
    for (const input of [{}, { limit: 1 }, { limit: 0 }, { search: 'Acme' }])
      await client.callTool({ name: 'list_workos_organizations', arguments: input });
  await cli(...LIST);
  await cli('call', 'list_directories', '--sandbox');
  await stdio.close();
  await server.stop();
  // A process of stdio ends after its client.
  await vi.waitUntil(() => callsKept() === 14, { timeout: 20_000, interval: 100 });
  all = recomputed(home);
}, 120_000);

/** How many calls are in the journals. */
const callsKept = () =>
  readdirSync(join(home, 'metrics'))
    .flatMap((name) => readFileSync(join(home, 'metrics', name), 'utf8').split('\n'))
    .filter((line) => line.includes('"type":"call"')).length;

/** A copy of the state directory, changed. */
function copy(change: (home: string) => void = () => undefined): string {
  const at = mkdtempSync(join(homes, 'home-'));
  cpSync(home, at, { recursive: true, preserveTimestamps: true });
  change(at);
  return at;
}

async function statsOf(at: string): Promise<Report> {
  const { code, stdout, stderr } = await runCli(['stats', '--json'], { env: { WORKOS_MCP_HOME: at } });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Report;
}

function expectAll(report: Report, calls: readonly PastCall[]): void {
  for (const span of Object.values(report.spans)) {
    expectFigures(span, calls);
    for (const [dimension, rows] of [
      ['tool', span.tools],
      ['client', span.clients],
      ['process', span.processes],
    ] as const) {
      const truth = groups(calls, dimension);
      expect(rows.map(({ name }) => name).toSorted()).toEqual([...truth.keys()].toSorted());
      for (const row of rows) expectFigures(row, truth.get(row.name)!);
    }
  }
}

describe('figures', () => {
  it('equal those recomputed from the files, of all, and of each tool, client, process and connection token', async () => {
    expect(all).toHaveLength(14);
    expect(new Set(all.map(({ process }) => process)).size).toBe(4);
    const report = await statsOf(home);
    expectAll(report, all);
    const rows: readonly NamedFigures[] = report.spans['24h'].connection_tokens;
    expect(rows.map(({ name }) => name)).toEqual(['laptop']);
    expectFigures(
      rows[0]!,
      all.filter(({ token }) => token === 'laptop'),
    );
    expect(rows[0]?.requests).toBe(4);
  });

  it('are whole without the journals, but for tokens', async () => {
    const at = copy((changed) => rmSync(join(changed, 'metrics'), { recursive: true }));
    const truth = recomputed(at);
    expect(truth).toHaveLength(14);
    const report = await statsOf(at);
    expectAll(report, truth);
    expect(report.spans['24h'].tokens.result).toBe(0);
  });

  it('are whole without the trail', async () => {
    const at = copy((changed) => rmSync(join(changed, 'audit'), { recursive: true }));
    const truth = recomputed(at);
    expect(truth).toHaveLength(14);
    const report = await statsOf(at);
    expectAll(report, truth);
    expect(report.spans['24h'].connection_tokens.map(({ requests }) => requests)).toEqual([4]);
  });

  it('are whole when of each process one of the two is gone', async () => {
    const at = copy((changed) => {
      for (const [index, pid] of pidsIn(changed).entries()) {
        const folder = index % 2 === 0 ? 'audit' : 'metrics';
        for (const name of readdirSync(join(changed, folder)))
          if (name.includes(`-${pid}-`)) rmSync(join(changed, folder, name));
      }
    });
    const truth = recomputed(at);
    expect(truth).toHaveLength(14);
    expectAll(await statsOf(at), truth);
  });

  it('leave out a record that a crash left half written, and count its call from the journal', async () => {
    const at = copy((changed) => {
      const name = readdirSync(join(changed, 'audit')).find((each) => each.endsWith('.jsonl')) ?? '';
      const file = join(changed, 'audit', name);
      const outcome = readFileSync(file, 'utf8').lastIndexOf('"kind":"outcome"');
      truncateSync(file, outcome);
    });
    const report = await statsOf(at);
    expect(report.spans['24h'].requests).toBe(14);
  });

  it('count calls that could not be recorded', async () => {
    const at = mkdtempSync(join(homes, 'home-'));
    mkdirSync(at, { recursive: true, mode: 0o700 });
    writeFileSync(join(at, 'audit'), 'in the way');
    const { code } = await runCli(LIST, { env: { WORKOS_MCP_HOME: at } });
    expect(code).toBe(0);
    const { spans } = await statsOf(at);
    expect([spans['24h'].requests, spans['7d'].requests]).toEqual([1, 1]);
  });
});

function pidsIn(at: string): string[] {
  const names = readdirSync(join(at, 'audit')).filter((name) => name.endsWith('.jsonl'));
  return [...new Set(names.map((name) => name.split('-')[1] ?? ''))];
}
