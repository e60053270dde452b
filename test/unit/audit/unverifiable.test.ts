import { generateKeyPairSync } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  chainOf,
  checkpointOf,
  home,
  note,
  recertified,
  session,
  start,
  stranger,
  under,
} from './signed-chains.ts';
import { runVerify } from '../../../src/audit/verify/run.ts';
import { verifyPath } from '../../../src/audit/verify/verify.ts';
import { forge, INTACT, newHome, tampered, verdictOn } from './support.ts';

const EC_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString();

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

  it('a file that is no chain, unless it is called as one', () => {
    const folder = newHome().path;
    const verdict = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return verdictOn(join(folder, name));
    };
    expect(verdict('package.json', '{\n  "name": "x"\n}\n')).toEqual({ status: 2, problems: [] });
    expect(verdict('package.jsonl', '{\n  "name": "x"\n}\n')).toEqual(tampered('altered 0'));
    const lines = chainOf(start(session), note(session)).with(0, 'junk').join('\n');
    expect(verdict('kept.txt', `${lines}\n`).status).toBe(1);
  });

  it.each(['no key', EC_KEY])('a key that is none', (pem) => {
    const key = join(newHome().path, 'some.pub');
    writeFileSync(key, pem);
    expect(verdictOn(forge(home, chainOf(start(session))), { key, fast: true }).status).toBe(2);
  });
});

describe('what is no key, no checkpoint or no file', () => {
  /** Beside a chain of these lines. */
  function littered(lines: readonly string[]): string {
    const audit = forge(home, lines);
    const keys = join(audit, '../keys');
    mkdirSync(join(keys, 'directory.pub'));
    writeFileSync(join(keys, 'a.pub'), 'junk');
    mkdirSync(join(audit, 'checkpoints/directory.json'), { recursive: true });
    writeFileSync(join(audit, 'checkpoints/junk.json'), 'junk');
    const half = checkpointOf(recertified({ assurance: '\ud800' }), lines);
    writeFileSync(join(audit, 'checkpoints/half.json'), half);
    mkdirSync(join(audit, 'directory.jsonl'));
    symlinkSync('nowhere', join(audit, 'link.jsonl'));
    execFileSync('mkfifo', [join(audit, 'pipe.jsonl')]);
    return audit;
  }

  it('hides neither that a chain was tampered with, nor that it is intact', () => {
    const lines = chainOf(start(session), note(session), note(session));
    expect(verdictOn(littered(lines))).toEqual(INTACT);
    expect(verdictOn(littered(lines.toSpliced(1, 1)))).toEqual(tampered('deleted 1'));
  });

  it('is told of, and so is that nobody named a key', () => {
    const audit = littered(chainOf(start(session), note(session)));
    const notes = verifyPath(audit).notes.join('\n');
    for (const name of ['directory.pub', 'a.pub', 'directory.json', 'junk.json', 'half.json'])
      expect(notes).toMatch(new RegExp(`not used: \\S*/${name}`, 'u'));
    for (const name of ['directory', 'link', 'pipe']) expect(notes).toContain(`${name}.jsonl is no file`);
    const printed = (options: object) => {
      const lines: string[] = [];
      runVerify(audit, { json: false, ...options }, (line) => void lines.push(line));
      return lines.join('\n');
    };
    expect(printed({})).toContain('name one kept elsewhere (--key)');
    expect(printed({ key: join(home.path, 'keys') })).not.toContain('--key');
  });

  it('is no key to name', () => {
    const audit = littered(chainOf(start(session)));
    expect(() => verifyPath(audit, { key: join(audit, '../keys') })).toThrow(/no public key|EISDIR/u);
  });
});
