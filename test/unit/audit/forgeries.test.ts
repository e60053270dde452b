import { createPublicKey, randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonical, sha256 } from '../../../src/audit/canonical.ts';
import { publishKey } from '../../../src/audit/key-files.ts';
import { type MasterKey, masterKeyFrom } from '../../../src/audit/master-key.ts';
import { type Draft, lineOf, type Place, seal } from '../../../src/audit/seal.ts';
import { newSessionKey, type SigningKey } from '../../../src/audit/session-key.ts';
import { NO_HASH } from '../../../src/audit/format.ts';
import { forge, INTACT, newHome, tampered, verdictOn } from './support.ts';

const HOUR = 3_600_000;
const CHAIN = '0b6f3b1e-7a53-4c0e-9d1f-2a4c6e8f0a1b';
const START = new Date('2026-03-01T10:00:00.000Z');
const at = (hours: number) => new Date(START.getTime() + hours * HOUR);
const home = newHome();
const master = masterKeyFrom(randomBytes(32), 'local-user');
const stranger = masterKeyFrom(randomBytes(32), 'local-user');
let session: SigningKey;

beforeAll(() => {
  publishKey(home, master);
  session = newSessionKey(master, CHAIN, START, 24 * HOUR);
});

interface Step extends Draft {
  readonly key: SigningKey;
  readonly hours?: number;
}
const note = (key: SigningKey, hours = 1): Step => ({
  kind: 'event',
  body: { name: 'kill.stopped' },
  key,
  hours,
});
const start = (key: SigningKey): Step => ({
  kind: 'start',
  body: { certificate: { ...key.certificate } },
  key,
  hours: 0,
});
const rotation = (key: SigningKey, hours = 1): Step => ({ ...start(key), kind: 'key-rotation', hours });

/** A chain whose hashes are right, whoever signs. */
function chainOf(...steps: Step[]): string[] {
  let place: Place = { chainId: CHAIN, seq: 0, prevHash: NO_HASH };
  return steps.map(({ key, hours = 1, ...draft }) => {
    const record = seal(draft, place, key, at(hours));
    place = { chainId: CHAIN, seq: record.seq + 1, prevHash: record.hash };
    return lineOf(record).trimEnd();
  });
}
const under = (issuer: MasterKey, chain = CHAIN, from = START, lasts = 24 * HOUR) =>
  newSessionKey(issuer, chain, from, lasts);
/** The session key's certificate, signed by nobody it says. */
const recertified = (change: object): SigningKey => ({
  ...session,
  certificate: { ...session.certificate, ...change },
});

it('a chain of the right keys is intact', () => {
  const next = under(master, CHAIN, at(20));
  expect(
    verdictOn(forge(home, chainOf(start(session), note(session), rotation(next, 20), note(next, 30)))),
  ).toEqual(INTACT);
});

describe('forged is', () => {
  it.each([
    ['a record by a key nobody certified', () => chainOf(start(session), note(under(master))), 1],
    [
      'a key rotation by another master key',
      () => chainOf(start(session), note(session), rotation(under(stranger))),
      2,
    ],
    ['a record after its key ended', () => chainOf(start(session), note(session, 25)), 1],
    ['a record from before its key began', () => chainOf(start(session), note(session, -1)), 1],
    ['a key for longer than 24 hours', () => chainOf(start(under(master, CHAIN, START, 25 * HOUR))), 0],
    ['a certificate for another chain', () => chainOf(start(under(master, CHAIN.replace('0b', '1b')))), 0],
    [
      'a certificate the master key did not sign',
      () => chainOf(start(recertified({ assurance: 'passphrase' }))),
      0,
    ],
    ['a chain without a certificate', () => chainOf(note(session), note(session)), 0],
    ['a first record of another kind', () => chainOf(note(session)), 0],
  ])('%s', (_name, lines, seq) => {
    expect(verdictOn(forge(home, lines()))).toEqual(tampered(`forged ${seq}`));
  });

  it('a changed record whose hash was made to fit, and those after it too', () => {
    const lines = chainOf(start(session), note(session), note(session), note(session));
    let prev = JSON.parse(lines[0]!).hash;
    const rehashed = lines.map((line, index) => {
      if (index === 0) return line;
      const { hash: _hash, sig, ...content } = JSON.parse(line);
      const changed = {
        ...content,
        prev_hash: prev,
        body: index === 1 ? { name: 'kill.resumed' } : content.body,
      };
      prev = sha256(canonical(changed));
      return canonical({ ...changed, hash: prev, sig });
    });
    expect(verdictOn(forge(home, rehashed))).toEqual(tampered('forged 1'));
    expect(verdictOn(forge(home, rehashed), { fast: true }).status).toBe(1);
  });

  it('a whole chain signed again under another master key, when the right one is named', () => {
    const audit = forge(home, chainOf(...[under(stranger)].flatMap((key) => [start(key), note(key)])));
    expect(verdictOn(audit, { key: join(home.path, 'keys') })).toEqual(tampered('forged 0'));
    expect(verdictOn(audit, { key: join(home.path, 'keys', `${master.kid}.pub`) })).toEqual(
      tampered('forged 0'),
    );
    expect(verdictOn(audit), 'nobody knows this key').toEqual({ status: 2, problems: [] });
  });

  it('a history that was written again with the right key, against a checkpoint', () => {
    const [first, second] = [
      chainOf(start(session), note(session)),
      chainOf(start(session), note(session, 2)),
    ];
    const checkpoint = join(home.path, 'kept.checkpoint');
    writeFileSync(checkpoint, checkpointOf(session, first.slice(1)));
    expect(verdictOn(forge(home, first), { checkpoint })).toEqual(INTACT);
    expect(verdictOn(forge(home, second), { checkpoint }).problems).toEqual(['forged 1']);
  });
});

describe('unverifiable is', () => {
  it('a chain whose public key is gone; what was altered in it is seen all the same', () => {
    const lines = chainOf(start(session), note(session), note(session));
    const audit = forge(home, lines);
    rmSync(join(audit, '../keys'), { recursive: true });
    expect(verdictOn(audit)).toEqual({ status: 2, problems: [] });
    const cut = forge(home, lines.toSpliced(1, 1));
    rmSync(join(cut, '../keys'), { recursive: true });
    expect(verdictOn(cut)).toEqual(tampered('deleted 1'));
  });

  it('a file of another version, but not a line of it', () => {
    const lines = chainOf(start(session), note(session), note(session));
    const later = lines.map((line) => line.replace(/"v":1\}$/u, '"v":2}'));
    expect(verdictOn(forge(home, later))).toEqual({ status: 2, problems: [] });
    expect(verdictOn(forge(home, lines.with(0, later[0]!)))).toEqual(tampered('altered 0'));
    expect(verdictOn(forge(home, lines.with(2, later[2]!)))).toEqual(tampered('altered 2'));
  });

  it('an empty directory, and an empty file', () => {
    const audit = forge(home, []);
    expect(verdictOn(audit).status).toBe(2);
    const empty = join(newHome().path, 'audit');
    mkdirSync(empty);
    expect(verdictOn(empty).status).toBe(2);
  });

  it.each([
    ['no checkpoint at all', (file: string) => rmSync(file)],
    ['no checkpoint', (file: string) => writeFileSync(file, '{}')],
    ['a forged checkpoint', (file: string) => writeFileSync(file, checkpointOf(under(stranger)))],
  ])('what is to be compared with %s', (_name, spoil) => {
    const checkpoint = join(newHome().path, 'kept.checkpoint');
    const lines = chainOf(start(session), note(session));
    writeFileSync(checkpoint, checkpointOf(session, lines));
    const audit = forge(home, lines);
    expect(verdictOn(audit, { checkpoint })).toEqual(INTACT);
    spoil(checkpoint);
    expect(verdictOn(audit, { checkpoint, fast: true }).status).toBe(2);
  });

  it.each(['no key', someEcKey()])('a key that is none', (pem) => {
    const key = join(newHome().path, 'some.pub');
    writeFileSync(key, pem);
    expect(verdictOn(forge(home, chainOf(start(session))), { key, fast: true }).status).toBe(2);
  });
});

function checkpointOf(key: SigningKey, [line]: readonly string[] = chainOf(start(key))): string {
  const { certificate } = key;
  return JSON.stringify({
    v: 1,
    type: 'workos-mcp-audit-checkpoint',
    certificate,
    record: JSON.parse(line!),
  });
}

function someEcKey(): string {
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  };
  return createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
}
