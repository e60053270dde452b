// Measures what the gateway adds to a call: all steps with audit trail and figures, the same with the isolate, each step
// by itself, and redaction. Prints figures and whether they are what the project wants; a slow machine is no failure.
import { type MeasuredCall, measureCalls } from './calls.mts';
import { measureDecoys } from './decoys.mts';
import { openGovernance } from './governed.mts';
import { measureRedaction } from './redaction.mts';
import { startSandboxProcess } from './sandbox.mts';
import { measureSteps } from './steps.mts';
import type { Times } from './times.mts';

const quick = process.argv.includes('--quick');
const rounds = quick ? 1_000 : 2_000;
/** Milliseconds a call may take longer than its bare handler: half of the time, and in 99 of 100. */
const WANTED_MS = { p50: 1, p99: 3 };

/** An API over a network takes longer than this; garbage is collected meanwhile. */
const SLOW_MS = 20;
const slowRounds = quick ? 100 : 600;
/** In fewer rounds, the slowest hundredth is a handful of calls, and chance. */
const LEAST_ROUNDS = 500;

const sandbox = await startSandboxProcess(0);
const slow = await startSandboxProcess(SLOW_MS);
const governance = await openGovernance();
try {
  const calls = await measureCalls(sandbox, governance, rounds);
  callTable(`a call, in ms (${rounds} rounds)`, calls);
  const slowCalls = await measureCalls(slow, governance, slowRounds);
  callTable(`the same, each answer after ${SLOW_MS} ms (${slowRounds} rounds)`, slowCalls);
  const totals: number[] = [];
  for (const call of calls) {
    const steps = await measureSteps(call, governance, rounds);
    const rows = steps.map(({ name, times }): Row => [name, times.at(0.5) * 1_000, times.at(0.99) * 1_000]);
    const total = rows.reduce((sum, [, p50 = 0]) => sum + p50, 0);
    table(`each step of ${call.name}, in µs`, ['p50', 'p99'], [...rows, ['all of them', total]]);
    totals.push(total / 1_000);
  }
  table('redaction, in µs per KB', ['p50'], measureRedaction(rounds));
  table('looking for decoys, in µs', ['p50', 'p99'], await measureDecoys(governance.lookout, rounds));
  console.log();
  verdict('All steps, added up (p50)', totals, WANTED_MS.p50);
  verdicts('', calls, rounds);
  verdicts(`, each answer after ${SLOW_MS} ms`, slowCalls, slowRounds);
} finally {
  await governance.close();
  await sandbox.close();
  await slow.close();
}

function callTable(title: string, calls: readonly MeasuredCall[]): void {
  const ways = ['pipeline', 'isolated'];
  table(
    title,
    ['bare p50', ...ways, 'bare p99', ...ways, 'bare mean', ...ways],
    calls.map(({ name, bare, pipeline, whole }) => [
      name,
      ...[0.5, 0.99].flatMap((share) => [bare, pipeline, whole].map((times) => times.at(share))),
      ...[bare, pipeline, whole].map((times) => times.mean()),
    ]),
  );
}

/** What each call takes longer than its handler, by the ways it is measured. */
function verdicts(how: string, calls: readonly MeasuredCall[], measured: number): void {
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    if (name === 'p99' && measured < LEAST_ROUNDS) {
      console.log(`p99${how}: not judged, as ${measured} rounds are too few.`);
      continue;
    }
    const figures = {
      'Pipeline around the handler, call by call': calls.map(({ around }) => around.at(share)),
      'Pipeline over the bare handler': added(calls, ({ pipeline }) => pipeline, share),
      'Pipeline and isolate over the bare handler': added(calls, ({ whole }) => whole, share),
    };
    for (const [what, each] of Object.entries(figures))
      verdict(`${what}${how} (${name})`, each, WANTED_MS[name]);
  }
}

/** What each call takes longer than its bare handler. */
function added(calls: readonly MeasuredCall[], way: (call: MeasuredCall) => Times, share: number): number[] {
  return calls.map((call) => way(call).at(share) - call.bare.at(share));
}

function verdict(what: string, figures: readonly number[], wanted: number): void {
  const worst = Math.max(...figures);
  const each = figures.map((figure) => figure.toFixed(2)).join(', ');
  console.log(`${what}: ${each} ms; wanted: ${wanted} ms, ${worst <= wanted ? 'met' : 'NOT MET'}.`);
}

type Row = readonly [name: string, ...figures: number[]];

function table(title: string, heads: readonly string[], rows: readonly Row[]): void {
  const cells = (texts: readonly string[]) => texts.map((text) => text.padStart(11)).join('');
  console.log(`\n${title.padEnd(48)}${cells(heads)}`);
  for (const [name, ...figures] of rows)
    console.log(`  ${name.padEnd(46)}${cells(figures.map((figure) => figure.toFixed(2)))}`);
}
