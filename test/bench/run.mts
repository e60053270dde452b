// Measures what the gateway adds to a call: all steps together with the isolate and the guarded way out, each step by
// itself, and redaction. Prints figures and whether they are what the project wants; a slow machine is no failure.
import { startSandbox } from '../../src/sandbox/server.ts';
import { GATEWAY, measureCalls } from './calls.mts';
import { measureDecoys } from './decoys.mts';
import { measureRedaction } from './redaction.mts';
import { measureSteps } from './steps.mts';

const rounds = process.argv.includes('--quick') ? 200 : 2_000;
/** Milliseconds a call may take longer than its bare handler, half of the time. */
const WANTED_MS = 1;

const sandbox = await startSandbox();
try {
  const calls = await measureCalls(sandbox, rounds);
  table(
    `a call, in ms (${rounds} rounds)`,
    ['bare p50', 'whole p50', 'added p50', 'added p99'],
    calls.map(({ name, bare, whole }) => [
      name,
      bare.at(0.5),
      whole.at(0.5),
      whole.at(0.5) - bare.at(0.5),
      whole.at(0.99) - bare.at(0.99),
    ]),
  );
  const totals: number[] = [];
  for (const call of calls) {
    const steps = await measureSteps(call, rounds);
    const rows = steps.map(({ name, times }): Row => [name, times.at(0.5) * 1_000, times.at(0.99) * 1_000]);
    const total = rows.reduce((sum, [, p50 = 0]) => sum + p50, 0);
    table(`each step of ${call.name}, in µs`, ['p50', 'p99'], [...rows, ['all of them', total]]);
    totals.push(total / 1_000);
  }
  table('redaction, in µs per KB', ['p50'], measureRedaction(rounds));
  table('looking for decoys, in µs', ['p50', 'p99'], await measureDecoys(GATEWAY.lookout, rounds));
  console.log();
  verdict('All steps', totals);
  verdict(
    'The whole way, isolate included',
    calls.map(({ bare, whole }) => whole.at(0.5) - bare.at(0.5)),
  );
} finally {
  await sandbox.close();
}

function verdict(what: string, added: readonly number[]): void {
  const worst = Math.max(...added);
  const met = worst <= WANTED_MS ? 'met' : 'NOT MET';
  console.log(`${what}: ${worst.toFixed(2)} ms at worst (p50); wanted: ${WANTED_MS} ms, ${met}.`);
}

type Row = readonly [name: string, ...figures: number[]];

function table(title: string, heads: readonly string[], rows: readonly Row[]): void {
  const cells = (texts: readonly string[]) => texts.map((text) => text.padStart(11)).join('');
  console.log(`\n${title.padEnd(48)}${cells(heads)}`);
  for (const [name, ...figures] of rows)
    console.log(`  ${name.padEnd(46)}${cells(figures.map((figure) => figure.toFixed(2)))}`);
}
