// Measures what the gateway adds to a call: each step on its own, all of them together with the isolate and the guarded
// way out, and redaction. Prints figures and what the project wants of them; it never fails because a machine is slow.
import { startSandbox } from '../../src/sandbox/server.ts';
import { measureCalls } from './calls.mts';
import { measureRedaction } from './redaction.mts';


const quick = process.argv.includes('--quick');
const rounds = quick ? 200 : 2_000;
/** Milliseconds a call may take longer than its bare handler, half of the time. */
const WANTED_MS = 1;

const sandbox = await startSandbox();
try {
  const calls = await measureCalls(sandbox, rounds);
  console.log(`\nA call, ${rounds} rounds each, in ms          bare p50   whole p50   added p50   added p99`);
  for (const { name, bare, whole } of calls) {
    const added = (share: number) => (whole.at(share) - bare.at(share)).toFixed(2);
    console.log(
      `  ${name.padEnd(40)} ${ms(bare.at(0.5))}    ${ms(whole.at(0.5))}    ${added(0.5).padStart(8)}    ${added(0.99).padStart(8)}`,
    );
  }
  console.log('\nRedaction, in µs per KB                          p50');
  for (const { name, perKb } of measureRedaction(rounds)) console.log(`  ${name.padEnd(40)} ${perKb.toFixed(1).padStart(8)}`);

  const worst = Math.max(...calls.map(({ bare, whole }) => whole.at(0.5) - bare.at(0.5)));
  console.log(
    `\nAdded to a call, p50, at worst: ${worst.toFixed(2)} ms; wanted: ${WANTED_MS} ms: ${worst <= WANTED_MS ? 'met' : 'NOT MET'}`,
  );
} finally {
  await sandbox.close();
}

function ms(value: number): string {
  return value.toFixed(2).padStart(8);
}

function us(value: number): string {
  return (value * 1_000).toFixed(0).padStart(8);
}
