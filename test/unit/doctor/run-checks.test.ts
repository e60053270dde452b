import { describe, expect, it } from 'vitest';
import type { Check, Verdict } from '../../../src/doctor/finding.ts';
import { runChecks } from '../../../src/doctor/run-checks.ts';
import { AppError } from '../../../src/shared/errors.ts';

const check = (name: string, run: Check['run'], remote = false): Check => ({ name, remote, run });
const ok: Verdict = { status: 'ok', found: 'fine' };
const never = () => new Promise<Verdict>(() => undefined);
const options = { signal: new AbortController().signal, offline: false };

describe('checks', () => {
  it('answer in their order, and all that each has found', async () => {
    const slow = check('slow', () => new Promise((resolve) => setTimeout(resolve, 20, ok)), true);
    const findings = await runChecks([slow, check('two', () => [ok, { ...ok, found: 'too' }])], options);
    expect(findings).toEqual([
      { name: 'slow', ...ok },
      { name: 'two', ...ok },
      { name: 'two', status: 'ok', found: 'too' },
    ]);
  });

  it('that take too long fail, and the others go on', async () => {
    let given: AbortSignal | undefined;
    const hung = check('hung', (signal) => ((given = signal), never()), true);
    const findings = await runChecks([hung, check('b', () => ok, true)], { ...options, checkMs: 50 });
    expect(findings).toMatchObject([
      { name: 'hung', status: 'fail', found: 'no answer within 0.05 s', fix: expect.any(String) },
      { name: 'b', status: 'ok' },
    ]);
    expect(given?.aborted).toBe(true);
  });

  it('that throw fail with what was thrown, on one line, and the hint as what to do', async () => {
    const hint = 'Do this.';
    const thrown = [
      new AppError({ code: 'NETWORK', message: 'No way.', hint }),
      new Error('two\n\u001B[2Jlines'),
    ];
    const checks = thrown.map((each) => check('x', () => Promise.reject(each)));
    expect(await runChecks(checks, options)).toEqual([
      { name: 'x', status: 'fail', found: 'No way.', fix: hint },
      { name: 'x', status: 'fail', found: 'two [2Jlines', fix: expect.stringContaining('report it') },
    ]);
  });

  it('end when the person gives up', async () => {
    const stop = new AbortController();
    const running = runChecks([check('hung', never, true)], { signal: stop.signal, offline: false });
    stop.abort();
    await expect(running).rejects.toThrow('cancelled');
  });

  it('that need the network are left out offline', async () => {
    let asked = 0;
    const remote = check('remote', () => ((asked += 1), ok), true);
    expect(await runChecks([remote], { ...options, offline: true })).toMatchObject([{ status: 'skip' }]);
    expect(asked).toBe(0);
  });
});
