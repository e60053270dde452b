import { appendFileSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StateDir } from '../../../src/access/state-dir.ts';
import { StateError } from '../../../src/access/state-error.ts';
import { makeEvidence, type EvidenceOptions } from '../../../src/audit/evidence/bundle.ts';
import { materialsFrom } from '../../../src/audit/evidence/materials.ts';
import { keyFile } from '../../../src/audit/key-files.ts';
import { type MasterKey, openMasterKey } from '../../../src/audit/master-key.ts';
import { verifyBundle } from '../../../src/audit/verify/bundle.ts';
import { unpack } from '../../support/unpack.ts';
import {
  auditOf,
  filesOf,
  handClock,
  INTACT,
  newHome,
  recordCallsOn,
  trailIn,
  verdictOn,
} from './support.ts';

const DAY = 86_400_000;

/** What the verifier says of a bundle as it was made. */
async function made(dir: StateDir, since?: string) {
  const master = await openMasterKey(keyFile(dir));
  const about = { server: '0.1.0', materials: [], now: new Date(), signal: new AbortController().signal };
  const folder = newHome().path;
  unpack((await makeEvidence({ dir, master, since, ...about })).zip, folder);
  const { verdict, bundle } = verifyBundle(folder);
  return { verdict, problems: bundle.problems };
}

/** Bundles, unpacks and verifies, with the second verifier, too. */
async function bundled(dir: StateDir, options: Partial<EvidenceOptions> = {}) {
  const master = await openMasterKey(keyFile(dir));
  const about = { server: '0.1.0', materials: [], now: new Date(), signal: new AbortController().signal };
  const evidence = await makeEvidence({ dir, master, ...about, ...options });
  const folder = newHome().path;
  const names = unpack(evidence.zip, folder);
  expect(verifyBundle(folder).verdict).toBe('intact');
  expect(verdictOn(join(folder, 'audit'))).toEqual(INTACT);
  const coverage = JSON.parse(readFileSync(join(folder, 'coverage.json'), 'utf8'));
  return { ...evidence, folder, coverage, chains: names.filter((name) => name.endsWith('.jsonl')) };
}

describe('a bundle for an auditor', () => {
  it('has the chains of its period whole, and says which others there are', async () => {
    const dir = newHome();
    const now = handClock();
    await (await trailIn(dir, { now })).close();
    now.pass(10 * DAY);
    const long = await trailIn(dir, { now });
    await recordCallsOn(long, 2);
    now.pass(10 * DAY);
    const since = now().toISOString();
    await recordCallsOn(long, 1);
    await long.close();
    for (const file of filesOf(dir)) utimesSync(file, now(), new Date('2026-03-01T10:00:00.000Z'));
    const [before, during] = filesOf(dir).map((file) => `audit/${basename(file)}`);
    const { chains, coverage, records } = await bundled(dir, { since });
    expect(chains[0]).toBe(during);
    expect(chains).not.toContain(before);
    expect(coverage.chains_left_out).toMatchObject([{ records: 2 }]);
    expect(coverage.records).toBe(records);
    expect(coverage.records_in_period).toBeLessThan(records);
    expect(coverage.period.from).toBe(since);
    expect((await bundled(dir)).chains).toContain(before);
  });

  it('has what shows that the beginning of a chain was pruned, though who pruned is of another time', async () => {
    const dir = newHome();
    const now = handClock();
    const limits = { fileBytes: 3_000 };
    const long = await trailIn(dir, { now, limits });
    await recordCallsOn(long, 4);
    now.pass(300 * DAY);
    await recordCallsOn(long, 1);
    now.pass(150 * DAY);
    const pruner = await trailIn(dir, { now, limits });
    const prunerFile = pruner.file()!;
    await pruner.close();
    now.pass(DAY);
    const since = now().toISOString();
    await recordCallsOn(long, 1);
    const { chains, coverage } = await bundled(dir, { since });
    expect(chains).toContain(`audit/${basename(prunerFile)}`);
    expect(coverage.not_covered.join('\n')).toContain('older ones are pruned');
    await long.close();
  });

  it('ends with the last whole line of a process that writes', async () => {
    const dir = newHome();
    const trail = await trailIn(dir);
    await recordCallsOn(trail, 1);
    await expect.poll(() => verdictOn(auditOf(dir)).status).toBe(0);
    appendFileSync(trail.file()!, '{"body":{"half');
    const { coverage, chains, folder } = await bundled(dir);
    expect(readFileSync(join(folder, chains[0]!), 'utf8')).not.toContain('half');
    expect(coverage.not_covered.join('\n')).toMatch(/14 bytes of a record/u);
    await trail.close();
  });

  it('needs records, and ends when it is cancelled', async () => {
    const dir = newHome();
    const master = await openMasterKey(keyFile(dir));
    const about = { dir, master, server: '0.1.0', materials: [], now: new Date() };
    const { signal } = new AbortController();
    await expect(makeEvidence({ ...about, signal })).rejects.toThrow(StateError);
    await (await trailIn(dir)).close();
    const over = AbortSignal.abort(new Error('over'));
    await expect(makeEvidence({ ...about, signal: over })).rejects.toThrow('over');
  });

  it('without the verifier at hand says where there is one', async () => {
    const dir = newHome();
    await (await trailIn(dir)).close();
    const { folder } = await bundled(dir, { materials: materialsFrom(newHome().path, '{}\n') });
    expect(readFileSync(join(folder, 'workos-mcp.lock'), 'utf8')).toBe('{}\n');
    expect(readFileSync(join(folder, 'HOW-TO-VERIFY.md'), 'utf8')).toContain('is not in this bundle');
  });

  it('does not hide that a chain has gone, or holds no record any more', async () => {
    for (const spoil of [(file: string) => rmSync(file), (file: string) => writeFileSync(file, 'x\n')]) {
      const dir = newHome();
      await (await trailIn(dir)).close();
      await (await trailIn(dir)).close();
      spoil(filesOf(dir)[0]!);
      const { verdict, problems } = await made(dir);
      expect([verdict, problems]).toEqual(['tampered', []]);
    }
  });

  it('tells that another key signed its list than its records', async () => {
    const dir = newHome();
    await (await trailIn(dir)).close();
    const noted = async (master: MasterKey) => {
      const folder = newHome().path;
      const about = { server: '0.1.0', materials: [], now: new Date(), signal: new AbortController().signal };
      unpack((await makeEvidence({ dir, master, ...about })).zip, folder);
      return verifyBundle(folder).notes.filter((note) => note.includes('no chain in it is under'));
    };
    expect(await noted(await openMasterKey(keyFile(dir)))).toEqual([]);
    expect(await noted(await openMasterKey(keyFile(newHome())))).toHaveLength(1);
  });

  it('without its list, its signature or the key of it is not intact', async () => {
    const dir = newHome();
    await (await trailIn(dir)).close();
    const { folder } = await bundled(dir);
    rmSync(join(folder, 'manifest.json'));
    expect(verifyBundle(folder)).toMatchObject({
      verdict: 'tampered',
      bundle: { problems: [{ file: 'manifest.json', kind: 'deleted' }] },
    });
  });

  it.each([
    ['all times are of long ago', false, (text: string) => text.replaceAll('"time":"2026', '"time":"2020')],
    ['the end is cut off', true, (text: string) => `${text.split('\n').slice(0, 2).join('\n')}\n`],
  ])('has a chain that was tampered with, though %s', async (_name, vouched, spoil) => {
    const { dir, since, file, checkpoint } = await over20Days();
    if (!vouched) rmSync(checkpoint);
    writeFileSync(file, spoil(readFileSync(file, 'utf8')));
    utimesSync(file, new Date(0), new Date(0));
    expect(await made(dir, since)).toEqual({ verdict: 'tampered', problems: [] });
  });

  it('has a chain that only its file or a spoilt checkpoint puts into the period', async () => {
    const { dir, since, file, checkpoint } = await over20Days();
    await (await trailIn(dir)).close();
    writeFileSync(file, `${readFileSync(file, 'utf8').split('\n').slice(0, 2).join('\n')}\n`);
    const vouched = readFileSync(checkpoint, 'utf8');
    rmSync(checkpoint);
    const name = `audit/${basename(file)}`;
    expect((await bundled(dir, { since })).chains).toContain(name);
    utimesSync(file, new Date(0), new Date(0));
    expect((await bundled(dir, { since })).chains).not.toContain(name);
    writeFileSync(checkpoint, vouched.replaceAll('"time":"2026', '"time":"2020'));
    expect((await bundled(dir, { since })).chains).toContain(name);
  });
});

/** A chain from before a period, with its end in it. */
async function over20Days() {
  const dir = newHome();
  const now = handClock();
  const trail = await trailIn(dir, { now, limits: { fileMs: 100 * DAY } });
  await recordCallsOn(trail, 1);
  now.pass(20 * DAY);
  const since = now().toISOString();
  await recordCallsOn(trail, 1);
  await trail.close();
  const [file] = filesOf(dir);
  const [checkpoint] = readdirSync(join(auditOf(dir), 'checkpoints'));
  return { dir, since, file: file!, checkpoint: join(auditOf(dir), 'checkpoints', checkpoint!) };
}
