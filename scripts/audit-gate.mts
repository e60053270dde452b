// `npm run audit:gate`: known vulnerabilities of high or critical severity in the lockfile's packages. Exit status 1 if
// there are any that are not excepted, or if nobody could be asked. With --report it only says so: for machines whose
// registry knows no advisories, and for builds that must not break overnight.
import { parseArgs } from 'node:util';
import { auditGate } from './release/audit-gate.mts';

const { values } = parseArgs({ options: { report: { type: 'boolean', default: false } } });
const { problems, notes, asked } = await auditGate(new Date());
for (const line of [...problems, ...notes]) process.stdout.write(`npm audit: ${line}\n`);
const verdict = problems.length === 0 ? 'passed' : asked ? 'FAILED' : 'NOT CHECKED';
process.stdout.write(
  `npm audit: ${verdict}${values.report ? ' (only reported here; a release needs it passed)' : ''}\n`,
);
process.exitCode = problems.length === 0 || values.report ? 0 : 1;
