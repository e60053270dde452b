import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonical, sha256 } from '../../../src/audit/canonical.ts';
import {
  at,
  CHAIN,
  chainOf,
  checkpointOf,
  exchanged,
  home,
  master,
  note,
  recertified,
  rotation,
  session,
  START,
  start,
  stranger,
  under,
} from './signed-chains.ts';
import { forge, INTACT, tampered, verdictOn } from './support.ts';

const HOUR = 3_600_000;

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
      'a record that names another key',
      () => chainOf(start(session), note(recertified({ kid: master.kid }))),
      1,
    ],
    ['a record after one that was exchanged', exchanged, 2],
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
