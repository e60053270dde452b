import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StateDir } from '../../../../src/access/state-dir.ts';
import { readRecords } from '../../../../src/vscode/audit/read-records.ts';
import { reportLines, reportText } from '../../../../src/vscode/audit/report-text.ts';
import { verifyInThread } from '../../../../src/vscode/audit/verify-in-thread.ts';
import { requireBundle } from '../../../support/bundle.ts';
import { auditOf, filesOf, newHome, recordCallsOn, trailIn } from '../../audit/support.ts';
import { english } from '../english.ts';

const VERIFIER = resolve(import.meta.dirname, '../../../../dist/audit-verify.js');
const { signal } = new AbortController();
const check = (dir: StateDir) => verifyInThread(VERIFIER, auditOf(dir), signal);

async function recorded(): Promise<StateDir> {
  const dir = newHome();
  const trail = await trailIn(dir);
  await recordCallsOn(trail, 2);
  await trail.close();
  return dir;
}

beforeAll(() => void requireBundle());

describe('verifying in a window', () => {
  it('says that all is intact, and how much that is', async () => {
    const report = await check(await recorded());
    expect(reportText(english, report)).toBe('6 records in 1 chain are intact.');
    expect(reportLines(report).join('\n')).toContain('assurance local-user');
  });

  it('names the file, the first bad record and the kind', async () => {
    const dir = await recorded();
    const [file] = filesOf(dir);
    writeFileSync(file!, readFileSync(file!, 'utf8').replace('"status":"ok"', '"status":"no"'));
    const report = await check(dir);
    expect(reportText(english, report)).toMatch(
      /^The audit trail was tampered with: \d+T\S+\.jsonl, record \d: altered \(.+\)\.$/u,
    );
    expect(reportLines(report).join('\n')).toMatch(/altered at record \d \(\S+\.jsonl line \d\)/u);
  });

  it('says why nothing can be said', async () => {
    const dir = await recorded();
    rmSync(join(dir.path, 'keys'), { recursive: true });
    expect(reportText(english, await check(dir))).toMatch(/^The audit trail can’t be verified: .*key/u);
    for (const file of filesOf(dir)) rmSync(file);
    rmSync(join(auditOf(dir), 'checkpoints'), { recursive: true });
    expect(reportText(english, await check(dir))).toMatch(/There are no audit records/u);
  });

  it('ends when it is cancelled', async () => {
    const dir = await recorded();
    const stop = new AbortController();
    const running = verifyInThread(VERIFIER, auditOf(dir), stop.signal);
    stop.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
    await expect(verifyInThread(join(dir.path, 'none.js'), auditOf(dir), signal)).rejects.toThrow('none.js');
  });
});

describe('reading for an export', () => {
  it('goes through all chains, counts what is no record, and ends when it is cancelled', async () => {
    const dir = await recorded();
    await (await trailIn(dir)).close();
    writeFileSync(join(auditOf(dir), 'other.jsonl'), 'x\n');
    const told: string[] = [];
    const progress = (done: number, all: number) => void told.push(`${done}/${all}`);
    const read = await readRecords(auditOf(dir), { since: undefined, signal, progress });
    expect([read?.entries.length, read?.unreadable, told]).toEqual([8, 1, ['1/3', '2/3', '3/3']]);
    const later = await readRecords(auditOf(dir), { since: '2999', signal, progress });
    expect(later?.entries).toEqual([]);
    const over = await readRecords(auditOf(dir), { since: undefined, signal: AbortSignal.abort(), progress });
    expect(over).toBeUndefined();
  });
});
