import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { createKillSwitch } from '../../src/access/kill-switch.ts';
import { openStateDir } from '../../src/access/state-dir.ts';

const RUNS = 100;
const PROCESSES = 4;
const HALF_WITHIN_MS = 100;

/** A process with a call under way in a gateway of its own, that says when the call ended and how. */
const WORKER = `
  const source = (path) => import(${JSON.stringify(`${resolve(import.meta.dirname, '../../src')}/`)} + path);
  const { createGateway } = await source('gateway/gateway.ts');
  const { createKillSwitch } = await source('access/kill-switch.ts');
  const { openStateDir } = await source('access/state-dir.ts');
  const { createInterface } = await import('node:readline');
  const quiet = () => undefined;
  const { invoke } = createGateway({
    run: ({ signal }) => new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      console.log('{}');
    }),
    policy: () => ({}), limits: { idleMs: 600_000, totalMs: 600_000 }, observers: [],
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    killSwitch: createKillSwitch(openStateDir()),
  });
  const caller = { kind: 'agent', session: 's', client: { name: 'n', version: '1' } };
  for await (const line of createInterface(process.stdin)) {
    const { ok, error } = await invoke('list_workos_organizations', {}, caller);
    console.log(JSON.stringify({ at: performance.timeOrigin + performance.now(), code: error?.code }));
  }
  process.exit();`;

function startWorker(home: string) {
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', WORKER], {
    env: { PATH: process.env['PATH'], WORKOS_MCP_HOME: home },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async () =>
    JSON.parse((await lines.next()).value ?? '"ended"') as { at: number; code?: string };
  return { child, next };
}

it(`reaches calls under way in ${PROCESSES} processes, ${RUNS} times over`, async () => {
  const home = join(mkdtempSync(join(tmpdir(), 'kill-speed-')), 'state');
  const killSwitch = createKillSwitch(openStateDir(home));
  const workers = Array.from({ length: PROCESSES }, () => startWorker(home));
  const took: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    for (const { child } of workers) child.stdin.write('call\n');
    // Each says that its call is under way.
    await Promise.all(workers.map(({ next }) => next()));
    const started = performance.timeOrigin + performance.now();
    expect(killSwitch.kill('a test')).toBe(true);
    for (const { at, code } of await Promise.all(workers.map(({ next }) => next()))) {
      expect(code).toBe('STOPPED');
      took.push(at - started);
    }
    expect(killSwitch.resume()).toBe(true);
  }
  for (const { child } of workers) child.stdin.end();
  took.sort((a, b) => a - b);
  const [half = NaN, most = NaN] = [took[took.length / 2], took.at(-1)];
  process.stdout.write(
    `kill: ${took.length} calls aborted, p50 ${half.toFixed(1)} ms, max ${most.toFixed(1)} ms\n`,
  );
  expect(took).toHaveLength(RUNS * PROCESSES);
  expect(half).toBeLessThanOrEqual(HALF_WITHIN_MS);
}, 120_000);
