import { appendFileSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StateDir } from '../../../src/access/state-dir.ts';
import type { Trail } from '../../../src/audit/trail.ts';
import { KILLED } from '../../../src/metrics/event-causes.ts';
import { createJournal } from '../../../src/metrics/journal.ts';
import { Meter } from '../../../src/metrics/meter.ts';
import { pastFiles } from '../../../src/metrics/past-files.ts';
import type { Kept, MetricsSource, Past } from '../../../src/metrics/past.ts';
import { DEFAULT_PRICES } from '../../../src/metrics/prices.ts';
import { ESTIMATING } from '../../../src/metrics/tokens.ts';
import { describeRecovery } from '../../../src/shared/recovery.ts';
import { THIS_PROCESS } from '../../../src/shared/running.ts';
import { filesOf, newHome, trailIn } from '../audit/support.ts';
import { keepingLogger } from '../gateway/support.ts';
import { PERSON } from './measured.ts';
import { call } from './support.ts';
import { recordOn } from './trail-bench.ts';

let dir: StateDir;
let trail: Trail;
beforeEach(async () => {
  dir = newHome();
  trail = await trailIn(dir);
  return () => trail.close();
});

const TOKENS = { arguments: 1, result: 2, saved: 3, exact: true };
const mine = (change: object) => call({ process: THIS_PROCESS, at: Date.now(), ...change });

async function keep(...kept: readonly Kept[]): Promise<void> {
  const journal = createJournal(dir, keepingLogger());
  for (const each of kept) journal.write(each);
  await journal.close();
}

async function told(source: MetricsSource, since = 0): Promise<Past[]> {
  const found: Past[] = [];
  for await (const past of source.read(since)) found.push(past);
  return found;
}

const shape = (past: readonly Past[]) =>
  past.map((each) => (each.type === 'call' ? `call ${each.call} ${each.client} ${each.status}` : each.type));

describe('what the files tell', () => {
  it('is each finished call of the trail, with who made it and what came of it', async () => {
    await recordOn(trail, { call: 1, status: 'TIMEOUT', ms: 1_234 });
    await recordOn(trail, { call: 2, caller: PERSON });
    await trail.before(() => ({ kind: 'intent', body: { call: 3 } }), false);
    await trail.close();
    const [first, ...rest] = await told(pastFiles(dir));
    expect(first).toEqual({
      type: 'call',
      at: expect.any(Number),
      process: THIS_PROCESS,
      call: 1,
      tool: 'list_directories',
      client: 'claude-code',
      ms: 1_234,
      bytes: 100,
      status: 'TIMEOUT',
      covered: { email: 2 },
    });
    expect(shape(rest)).toEqual(['call 2 (terminal) ok']);
  });

  it('is each call once, with what the journal knows of it besides', async () => {
    await recordOn(trail, { call: 1 });
    await trail.close();
    await keep(mine({ call: 1, tokens: TOKENS, untrusted: true, status: 'made up' }), mine({ call: 2 }));
    const past = await told(pastFiles(dir));
    expect(shape(past)).toEqual(['call 1 claude-code ok', 'more', 'call 2 claude-code ok']);
    expect(past[1]).toMatchObject({ tokens: TOKENS, untrusted: true });
  });

  it('names the connection token by its id, whichever file tells of it', async () => {
    const token = { id: 'tok_1', name: 'CI', scope: { readOnly: false } };
    const client = { name: 'claude-code', version: '1' };
    await recordOn(trail, { call: 1, caller: { kind: 'agent', session: 's', client, token } });
    await trail.close();
    const labels = { token: 'CI', tokenId: 'tok_1' };
    await keep(mine({ call: 1, tokens: TOKENS, ...labels }), mine({ call: 2, ...labels }));
    const past = await told(pastFiles(dir));
    expect(shape(past)).toEqual(['call 1 claude-code ok', 'more', 'call 2 claude-code ok']);
    for (const each of past) expect(each).toMatchObject(labels);
  });

  it('is only what is new when it is asked again, whichever file comes first', async () => {
    const source = pastFiles(dir);
    await recordOn(trail, { call: 1 });
    await expect.poll(() => told(source)).toHaveLength(1);
    await keep(mine({ call: 1, tokens: TOKENS }), mine({ call: 2, tokens: TOKENS }));
    expect(shape(await told(source))).toEqual(['more', 'call 2 claude-code ok']);
    await recordOn(trail, { call: 2 });
    await recordOn(trail, { call: 3 });
    await trail.close();
    expect(shape(await told(source))).toEqual(['call 3 claude-code ok']);
    expect(await told(source)).toEqual([]);
  });

  it('is without a process that tells of itself', async () => {
    await recordOn(trail, { call: 1 });
    await trail.close();
    await keep(mine({ call: 2 }), call({ process: 'another', call: 1 }));
    expect((await told(pastFiles(dir, THIS_PROCESS))).map(({ process }) => process)).toEqual(['another']);
  });

  it('is without what is older, and files that are older are not opened', async () => {
    await recordOn(trail, { call: 1 });
    await trail.close();
    await keep(mine({ call: 2, at: 1_000 }));
    const later = Date.now() + 60_000;
    expect(await told(pastFiles(dir), later)).toEqual([]);
    expect(shape(await told(pastFiles(dir), 500))).toHaveLength(2);
    const [file = ''] = filesOf(dir);
    utimesSync(file, 1, 1);
    expect(shape(await told(pastFiles(dir), 2_000))).toEqual([]);
  });

  it('is without lines that are no records, and a line is read once it is whole', async () => {
    await recordOn(trail, { call: 1 });
    await recordOn(trail, { call: 2 });
    await trail.close();
    const [file = ''] = filesOf(dir);
    const text = readFileSync(file, 'utf8');
    const cut = text.lastIndexOf('"kind":"outcome"');
    writeFileSync(file, text.slice(0, cut));
    appendFileSync(
      join(dir.path, 'audit', '20260101T000000000Z-1-00000000-0001.jsonl'),
      'null\n{"v":1}\n\u0000\n',
    );
    const source = pastFiles(dir);
    expect(shape(await told(source))).toEqual(['call 1 claude-code ok']);
    writeFileSync(file, text);
    expect(shape(await told(source))).toEqual(['call 2 claude-code ok']);
  });

  it('goes on over the files of a chain', async () => {
    const small = await trailIn(dir, { limits: { fileBytes: 1 } });
    for (const number of [1, 2, 3]) await recordOn(small, { call: number });
    await small.close();
    expect(readdirSync(join(dir.path, 'audit')).length).toBeGreaterThan(4);
    expect(shape(await told(pastFiles(dir)))).toHaveLength(3);
  });
});

describe('events', () => {
  it('are incidents, told of once though the trail and the journal both have them', async () => {
    await trail.event('kill.stopped', {});
    await trail.event('honeypot.sighted', { decoy: 'token', where: 'Bearer' });
    await trail.event('self.healed', { what: 'endpoint', why: 'x' });
    await trail.event('policy.changed', {});
    await trail.close();
    const event = { type: 'event', at: Date.now(), process: THIS_PROCESS } as const;
    const later = { ...event, at: event.at + 60_000 };
    const healed = describeRecovery({ what: 'endpoint', why: 'x' });
    await keep(
      { ...event, ...KILLED },
      { ...later, ...KILLED },
      { ...event, kind: 'approval', cause: 'A.' },
      { ...event, kind: 'heal', cause: healed },
    );
    const meter = new Meter({ process: 'p', counter: ESTIMATING, prices: DEFAULT_PRICES });
    await meter.rebuild(pastFiles(dir));
    expect(Object.fromEntries(meter.report().incidents.map(({ kind, count }) => [kind, count]))).toEqual({
      kill: 2,
      honeypot: 1,
      heal: 1,
      approval: 1,
    });
  });
});
