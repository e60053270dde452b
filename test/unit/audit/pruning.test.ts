import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StateDir } from '../../../src/access/state-dir.ts';
import { canonical, sha256 } from '../../../src/audit/canonical.ts';
import { startChain } from '../../../src/audit/chain-writer.ts';
import { keyFile, publishKey } from '../../../src/audit/key-files.ts';
import { type MasterKey, openMasterKey } from '../../../src/audit/master-key.ts';
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
    const { hash: _hash, sig, ...content } = { ...last, seq: 1e9, time: '2020-01-01T00:00:00.000Z' };
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
    const lines = readFileSync(file!, 'utf8').split('\n');
    writeFileSync(file!, lines.with(-2, lines.at(-2)!.replace('"stop"', '"stap"')).join('\n'));
    expect(verdictOn(auditOf(dir))).toEqual(tampered('altered 2', 'truncated 0'));
  });
});

/** A chain in several files, whose first ones are removed and were pruned by a chain that is still here. */
async function cutChain() {
  const dir = newHome();
  const now = handClock();
  const limits = { fileBytes: 3_000 };
  const long = await trailIn(dir, { now, limits });
  await recordCallsOn(long, 4);
  now.pass(300 * DAY);
  await recordCallsOn(long, 4);
  now.pass(150 * DAY);
  await (await trailIn(dir, { now })).close();
  return { dir, now, long };
}

describe('a beginning that was pruned', () => {
  it('is missed where a checkpoint knows a younger record of it', async () => {
    const { dir, long } = await cutChain();
    expect(verdictOn(auditOf(dir)).status).toBe(0);
    const [prune] = recordsOf(dir).filter(({ kind }) => kind === 'prune');
    const [{ chain_id }] = prune!.body['heads'] as [{ chain_id: string }];
    // The same chain, whose clock was ahead.
    const master = await openMasterKey(keyFile(dir));
    const { newSessionKey } = await import('../../../src/audit/session-key.ts');
    const { seal } = await import('../../../src/audit/seal.ts');
    const time = new Date('2027-02-01T00:00:00.000Z');
    const key = newSessionKey(master, chain_id, time, DAY);
    const place = { chainId: chain_id, seq: 1, prevHash: sha256('') };
    const record = seal({ kind: 'checkpoint', body: {} }, place, key, time);
    const content = { v: 1, type: 'workos-mcp-audit-checkpoint', record, certificate: key.certificate };
    const checkpoint = join(newHome().path, 'kept.checkpoint');
    writeFileSync(checkpoint, canonical(content));
    expect(verdictOn(auditOf(dir), { checkpoint })).toEqual(tampered('deleted 0'));
    await long.close();
  });

  it('stays accounted for as long as the rest is here', async () => {
    const { dir, now, long } = await cutChain();
    const checkpoints = join(auditOf(dir), 'checkpoints');
    const pruneFiles = () => readdirSync(checkpoints).filter((name) => name.startsWith('prune-'));
    const [first] = pruneFiles();
    // Whoever pruned is gone as a whole; the long chain, which is not written, is not.
    const rest = filesOf(dir);
    const young = rest[0]!;
    now.pass(401 * DAY);
    const aside = join(newHome().path, 'aside');
    renameSync(young, aside);
    await (await trailIn(dir, { now })).close();
    renameSync(aside, young);
    expect(pruneFiles()).not.toContain(first);
    await long.close();
  });
});
