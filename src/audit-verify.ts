import { parseArgs } from 'node:util';
import { runVerify } from './audit/verify/run.ts';
import { allWritten, watchOutput, writeOutput } from './shared/output.ts';

const USAGE = 'Usage: audit-verify.js FILE|DIRECTORY [--key PUB] [--checkpoint FILE] [--fast] [--json]';
/** Also of what went wrong: Node's own status for that, 1, would say "tampered". */
const UNVERIFIABLE = 2;

/** The verifier as a program of its own: needs this file and Node 20 or newer, nothing else. */
function main(): number {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        key: { type: 'string' },
        checkpoint: { type: 'string' },
        fast: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const [path, ...more] = positionals;
    if (path !== undefined && more.length === 0 && !values.help)
      return runVerify(path, values, (line) => writeOutput(`${line}\n`));
    process.stderr.write(`${USAGE}\nExit status: 0 intact, 1 tampered, 2 unverifiable or wrong usage.\n`);
    return values.help ? 0 : UNVERIFIABLE;
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n${USAGE}\n`);
    return UNVERIFIABLE;
  }
}

watchOutput();
process.on('uncaughtException', (thrown) => {
  process.stderr.write(`workos-mcp: ${thrown.message}\n`);
  process.exit(UNVERIFIABLE);
});
const status = main();
void allWritten().then((written) => (process.exitCode = written ? status : UNVERIFIABLE));
