import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StateDir } from '../../../src/access/state-dir.ts';
import { canonical, sha256 } from '../../../src/audit/canonical.ts';
import { startChain } from '../../../src/audit/chain-writer.ts';
import { CHECKPOINT_TYPE } from '../../../src/audit/format.ts';
import { keyFile, publishKey } from '../../../src/audit/key-files.ts';
import { type MasterKey, openMasterKey } from '../../../src/audit/master-key.ts';
import { seal } from '../../../src/audit/seal.ts';
import { newSessionKey } from '../../../src/audit/session-key.ts';
import { stranger } from './signed-chains.ts';
import {
  auditOf,
  filesOf,
  handClock,
  INTACT,
  newHome,
  recordCallsOn,
  recordsOf,
  tampered,
  trailIn,
  verdictOn,
} from './support.ts';

const DAY = 86_400_000;
const OLD = '20200101T000000000Z-4194303-deadbeef-0001.jsonl';

/** A chain of which only a checkpoint kept elsewhere is left. */
async function goneChain() {
  const dir = newHome();
  await (await trailIn(dir)).close();
  const [last] = recordsOf(dir).slice(-1);
  const checkpoint = join(newHome().path, 'kept');
  cpSync(join(auditOf(dir), 'checkpoints'), checkpoint, { recursive: true });
  const [file] = filesOf(dir);
  rmSync(file!);
  return { dir, last: last!, checkpoint };
}

/** A chain that says another one was pruned. */
function pruneBy(dir: StateDir, master: MasterKey, chain_id: unknown, before: string): void {
  const limits = { fileBytes: 1e9, fileMs: 1e12, sessionMs: 3_600_000 };
  const writer = startChain({
    audit: auditOf(dir),
    master,
    about: () => ({}),
    ...limits,
    now: () => new Date(),
  });
  const heads = [{ chain_id: String(chain_id), seq: 1e9, hash: sha256('') }];
  writer.write({ kind: 'prune', body: { before, files: [], heads } });
  writer.write({ kind: 'stop', body: {} });
  writer.close();
}

describe('what looks old', () => {
  it('is not signed away for a line that nobody signed', async () => {
    const { dir, last, checkpoint } = await goneChain();
    const old: Record<string, unknown> = { ...last, seq: 1e9, time: '2020-01-01T00:00:00.000Z' };
    const { hash: _hash, sig, ...content } = old;
    const planted = join(auditOf(dir), OLD);
    const line = canonical({ ...content, hash: sha256(canonical(content)), sig });
    writeFileSync(planted, `${line}\n`);
    const trail = await trailIn(dir);
    await trail.close();
    expect(trail.warnings).toEqual([expect.stringContaining('do not verify: 20200101T000000000Z')]);
    expect(existsSync(planted)).toBe(true);
    expect(recordsOf(dir).map(({ kind }) => kind)).not.toContain('prune');
    rmSync(planted);
    expect(verdictOn(auditOf(dir))).toEqual(tampered('truncated 0'));
    rmSync(join(auditOf(dir), 'checkpoints'), { recursive: true });
    expect(verdictOn(auditOf(dir), { checkpoint })).toEqual(tampered('truncated 0'));
  });

  it('stays when its end is missing, and when another key vouches for it', async () => {
    const dir = newHome();
    const now = handClock();
    const trail = await trailIn(dir, { now });
    await recordCallsOn(trail, 1);
    await trail.close();
    const [file] = filesOf(dir);
    const whole = readFileSync(file!, 'utf8');
    writeFileSync(file!, `${whole.split('\n').slice(0, 2).join('\n')}\n`);
    now.pass(500 * DAY);
    const next = await trailIn(dir, { now });
    await next.close();
    expect(next.warnings).toEqual([expect.stringContaining('do not verify')]);
    expect(existsSync(file!)).toBe(true);
    writeFileSync(file!, whole);
    const other = await trailIn(dir, { now, master: () => openMasterKey(keyFile(newHome())) });
    await other.close();
    expect([existsSync(file!), other.warnings]).toEqual([true, []]);
    await (await trailIn(dir, { now })).close();
    expect(existsSync(file!)).toBe(false);
    expect(verdictOn(auditOf(dir))).toEqual(INTACT);
  });
});

describe('a chain that has gone', () => {
  const SOON = new Date(Date.now() + DAY).toISOString();

  it('is not excused by a stranger, known or not', async () => {
    const { dir, last, checkpoint } = await goneChain();
    pruneBy(dir, stranger, last['chain_id'], SOON);
    expect(verdictOn(auditOf(dir), { checkpoint })).toEqual(tampered('truncated 0'));
    publishKey(dir, stranger);
    expect(verdictOn(auditOf(dir), { checkpoint })).toEqual(tampered('truncated 0'));
    // Who names the stranger's key believes it.
    expect(verdictOn(auditOf(dir), { checkpoint, key: join(dir.path, 'keys') })).toEqual(INTACT);
  });

  it('is excused only by what removed older records than it had', async () => {
    const { dir, last, checkpoint } = await goneChain();
    const master = await openMasterKey(keyFile(dir));
    pruneBy(dir, master, last['chain_id'], String(last['time']));
    expect(verdictOn(auditOf(dir), { checkpoint })).toEqual(tampered('truncated 0'));
    pruneBy(dir, master, last['chain_id'], SOON);
    expect(verdictOn(auditOf(dir), { checkpoint })).toEqual(INTACT);
  });

  it('is not excused by a chain that was tampered with', async () => {
    const { dir, last } = await goneChain();
    pruneBy(dir, await openMasterKey(keyFile(dir)), last['chain_id'], SOON);
    const [file] = filesOf(dir);
    writeFileSync(file!, readFileSync(file!, 'utf8').replace('"kind":"stop"', '"kind":"stap"'));
    expect(verdictOn(auditOf(dir))).toEqual(tampered('altered 2', 'truncated 0'));
  });
});

/** A chain whose first file was pruned by a process that ended; the file that is left holds records of both times. */
async function cutChain() {
  const dir = newHome();
  const now = handClock();
  const long = await trailIn(dir, { now, limits: { fileBytes: 3_000, fileMs: 1e12 } });
  await recordCallsOn(long, 2);
  await expect.poll(() => recordsOf(dir)).toHaveLength(5);
  now.pass(300 * DAY);
  await recordCallsOn(long, 1);
  now.pass(150 * DAY);
  await (await trailIn(dir, { now })).close();
  const prune = recordsOf(dir).find(({ kind }) => kind === 'prune');
  expect(prune!.body['files']).toHaveLength(1);
  return { dir, now, long, heads: prune!.body['heads'] as [{ chain_id: string }] };
}

describe('a beginning that was pruned', () => {
  it('is missed where a checkpoint knows a younger record of it', async () => {
    const { dir, long, heads } = await cutChain();
    expect(verdictOn(auditOf(dir)).status).toBe(0);
    const [{ chain_id }] = heads;
    const time = new Date('2027-02-01T00:00:00.000Z');
    const key = newSessionKey(await openMasterKey(keyFile(dir)), chain_id, time, DAY);
    const { record } = seal(
      { kind: 'checkpoint', body: {} },
      { chainId: chain_id, seq: 1, prevHash: sha256('') },
      key,
      time,
    );
    const checkpoint = join(newHome().path, 'kept.checkpoint');
    const content = { v: 1, type: CHECKPOINT_TYPE, record, certificate: { ...key.certificate } };
    writeFileSync(checkpoint, canonical(content));
    expect(verdictOn(auditOf(dir), { checkpoint })).toEqual(tampered('deleted 0'));
    await long.close();
  });

  it('stays accounted for as long as the rest is here', async () => {
    const { dir, now, long } = await cutChain();
    const pruneFiles = () =>
      readdirSync(join(auditOf(dir), 'checkpoints')).filter((name) => name.startsWith('prune-'));
    const [first] = pruneFiles();
    now.pass(2 * DAY);
    await recordCallsOn(long, 1);
    await long.close();
    now.pass(399 * DAY);
    await (await trailIn(dir, { now })).close();
    expect(pruneFiles(), 'though whoever pruned is gone as a whole').toHaveLength(2);
    expect(verdictOn(auditOf(dir))).toEqual(INTACT);
    now.pass(2 * DAY);
    await (await trailIn(dir, { now })).close();
    expect(pruneFiles(), 'nothing is left of the chain').not.toContain(first);
    expect(verdictOn(auditOf(dir))).toEqual(INTACT);
  });
});
