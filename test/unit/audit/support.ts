import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { openStateDir, type StateDir } from '../../../src/access/state-dir.ts';
import { keyFile } from '../../../src/audit/key-files.ts';
import { openMasterKey } from '../../../src/audit/master-key.ts';
import { openTrail, type Trail, type TrailOptions } from '../../../src/audit/trail.ts';
import { runVerify } from '../../../src/audit/verify/run.ts';
import type { Report, VerifyOptions } from '../../../src/audit/verify/verify.ts';
import { secondVerify } from '../../support/second-verifier.mjs';

const homes: string[] = [];
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

/** A new state directory that ends with the test file. */
export function newHome(): StateDir {
  const home = mkdtempSync(join(tmpdir(), 'workos-mcp-audit-'));
  homes.push(home);
  return openStateDir(home);
}

/** A clock that is set by hand, in steps of milliseconds. */
export interface HandClock {
  (): Date;
  pass(ms: number): void;
}

export function handClock(start = '2026-03-01T10:00:00.000Z'): HandClock {
  let time = Date.parse(start);
  return Object.assign(() => new Date(time), { pass: (ms: number) => void (time += ms) });
}

/** A trail with a key file, whose warnings are kept. */
export async function trailIn(
  dir: StateDir,
  options: Partial<TrailOptions> = {},
): Promise<Trail & { readonly warnings: string[] }> {
  const warnings: string[] = [];
  const trail = await openTrail({
    dir,
    master: () => openMasterKey(keyFile(dir)),
    about: () => ({ server: '0.1.0', command: 'test' }),
    warn: (message) => void warnings.push(message),
    ...options,
  });
  return Object.assign(trail, { warnings });
}

/** Records so many calls, each with its outcome. */
export async function recordCallsOn(trail: Trail, calls: number): Promise<void> {
  for (let call = 1; call <= calls; call += 1) {
    const intent = await trail.before(() => ({ kind: 'intent', body: { call } }), false);
    trail.after(() => ({ kind: 'outcome', body: { call, intent, status: 'ok' } }));
  }
}

export const auditOf = (dir: StateDir): string => join(dir.path, 'audit');

/** The audit files, oldest first. */
export function filesOf(dir: StateDir): string[] {
  return readdirSync(auditOf(dir))
    .filter((name) => name.endsWith('.jsonl'))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => join(auditOf(dir), name));
}

/** The lines of all files in order, without line ends. */
export function linesOf(dir: StateDir): string[] {
  return filesOf(dir).flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(0, -1));
}

/** The records of all files in order. */
export function recordsOf(
  dir: StateDir,
): { kind: string; seq: number; body: Record<string, unknown>; [name: string]: unknown }[] {
  return linesOf(dir).map((line) => JSON.parse(line));
}

export interface Found {
  readonly status: number;
  /** `kind seq` of each chain that was tampered with. */
  readonly problems: readonly string[];
}

/** What both verifiers find; they have to agree. */
export function verdictOn(path: string, { fast = false, ...options }: VerifyOptions = {}): Found {
  let text = '';
  const status = runVerify(path, { json: true, fast, ...options }, (line) => (text = line));
  const report: Report = JSON.parse(text);
  const problems = report.chains.flatMap(({ problem }) =>
    problem ? [`${problem.kind} ${problem.seq}`] : [],
  );
  if (fast) return { status, problems };
  const { key, checkpoint } = options;
  const second = secondVerify(path, { ...(key && { key }), ...(checkpoint && { checkpoint }) });
  expect({
    status: second.status,
    problems: second.problems.map(({ kind, seq }) => `${kind} ${seq}`),
  }).toEqual({
    status,
    problems,
  });
  return { status, problems };
}

export const INTACT: Found = { status: 0, problems: [] };
export const tampered = (...problems: string[]): Found => ({ status: 1, problems });

/** A directory with the keys of another one and a single chain of these lines; checkpoints only if wanted. */
export function forge(from: StateDir, lines: readonly string[] | Buffer, withCheckpoints = false): string {
  const home = newHome().path;
  const audit = join(home, 'audit');
  mkdirSync(audit);
  cpSync(join(from.path, 'keys'), join(home, 'keys'), { recursive: true });
  if (withCheckpoints)
    cpSync(join(auditOf(from), 'checkpoints'), join(audit, 'checkpoints'), { recursive: true });
  const content = Buffer.isBuffer(lines) ? lines : lines.map((line) => `${line}\n`).join('');
  writeFileSync(join(audit, '20260301T100000000Z-1-00000000-0001.jsonl'), content);
  return audit;
}
