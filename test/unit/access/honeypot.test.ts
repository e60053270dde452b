import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHoneypot } from '../../../src/access/honeypot.ts';
import { newSecret } from '../../../src/access/token-file.ts';
import { newToken } from '../../../src/mcp/http-guard.ts';
import { keepingLogger } from '../gateway/support.ts';
import { FORMS, startHoneypot } from './honeypot-bench.ts';

const KINDS = ['key', 'token'] as const;
const STOPPED = { code: 'STOPPED', hint: expect.stringContaining('Only the person') };

describe.each(KINDS)('the decoy %s', (kind) => {
  it.each(Object.entries(FORMS))('is seen %s, and everything stops', (_form, write) => {
    const { lookout, decoys, isStopped, killSwitch, sightings } = startHoneypot();
    expect(lookout.look('nothing', 'a test')).toBeUndefined();
    expect(isStopped()).toBe(false);
    const text = write(decoys()[kind].text);
    expect(lookout.look(`before ${text} after`, 'a test')).toMatchObject(STOPPED);
    const sighting = { decoy: kind, where: 'a test' };
    expect(killSwitch.state()).toEqual({
      stopped: true,
      at: expect.any(Date),
      by: 'the honeypot',
      sighting,
    });
    expect(sightings).toEqual([sighting]);
  });

  it('is seen by every process, as it is told by one', () => {
    const one = startHoneypot();
    const other = startHoneypot(one.path);
    expect(one.lookout.decoyKey()).toBe(other.lookout.decoyKey());
    other.lookout.look(one.decoys()[kind].text, 'another process');
    expect(one.killSwitch.state()).toMatchObject({ sighting: { decoy: kind, where: 'another process' } });
  });

  it('is in no file that tells of it, and in no line of the log', () => {
    const { lookout, decoys, logger, path } = startHoneypot();
    const { core, text } = decoys()[kind];
    expect(lookout.look(text, 'a test', `a client called ${text}`)).toBeDefined();
    expect(logger.lines).toEqual([
      expect.stringMatching(/^error The decoy .* was seen in a test, from somebody: /u),
    ]);
    expect(logger.lines.join()).not.toContain(core);
    for (const name of readdirSync(path).filter((each) => each !== 'mcp-client.json'))
      expect(readFileSync(join(path, name), 'utf8')).not.toContain(core);
  });
});

describe('a honeypot', () => {
  it('raises no alarm by chance, nor for real keys and tokens', () => {
    const { lookout, decoys, isStopped } = startHoneypot();
    const { key, token } = decoys();
    const near = [key, token].map(({ text, core }) => text.replace(core, core.replace(/..$/u, '--')));
    const real = [
      'sk_placeholder',
      `sk_live_${randomBytes(40).toString('hex')}`,
      newSecret().token,
      newToken(),
    ];
    const noise = [randomBytes(300_000).toString('base64'), randomBytes(300_000).toString('hex')];
    const hints = [token.text.slice(-4), key.text.slice(0, 20), ''];
    for (const text of [...near, ...real, ...noise, ...hints, '{"token":"wmcp_"}'])
      expect(lookout.look(text, 'a test')).toBeUndefined();
    expect(isStopped()).toBe(false);
  });

  it('has other decoys once a person resumed; the old ones mean nothing any more', () => {
    const { lookout, decoys, killSwitch, isStopped, path } = startHoneypot();
    const before = decoys();
    const key = lookout.decoyKey();
    lookout.look(before.token.text, 'a test');
    expect(startHoneypot(path).killSwitch.resume()).toBe(true);
    expect(lookout.look(`${before.token.text} ${key}`, 'a test')).toBeUndefined();
    expect(lookout.decoyKey()).not.toBe(key);
    expect(isStopped()).toBe(false);
    expect(lookout.look(lookout.decoyKey(), 'a test')).toMatchObject(STOPPED);
    expect(killSwitch.state()).toMatchObject({ sighting: { decoy: 'key' } });
  });

  it('keeps its decoys over a stop by a person', () => {
    const { lookout, killSwitch } = startHoneypot();
    const key = lookout.decoyKey();
    killSwitch.kill('a test');
    killSwitch.resume();
    expect(lookout.decoyKey()).toBe(key);
  });

  it('knows its decoys though their file was taken away, and puts it back', () => {
    const { lookout, decoys, path } = startHoneypot();
    lookout.decoyKey();
    const { token } = decoys();
    rmSync(join(path, 'mcp-client.json'));
    expect(lookout.look(token.text, 'a test')).toMatchObject(STOPPED);
    expect(decoys().token).toEqual(token);
  });

  it.each(['former token', 'former key', 'new token'])(
    'that finds other decoys in the file warns, and sees the %s',
    (which) => {
      const { lookout, decoys, path, logger, killSwitch, isStopped } = startHoneypot();
      const key = lookout.decoyKey();
      const before = decoys().token.text;
      for (const letter of ['A', 'B']) {
        writeFileSync(join(path, 'mcp-client.json'), `{"token":"wmcp_${letter.repeat(43)}"}`);
        expect(lookout.look('nothing', 'a test')).toBeUndefined();
      }
      const warned = expect.stringMatching(/^warn The decoys were changed by something /u);
      expect(logger.lines).toEqual([warned, warned]);
      const stolen = { 'former token': before, 'former key': key, 'new token': decoys().token.text }[which]!;
      expect(lookout.look(stolen, 'a test')).toMatchObject(STOPPED);
      killSwitch.resume();
      expect(lookout.look(`${before} ${key} ${stolen}`, 'a test')).toBeUndefined();
      expect(isStopped()).toBe(false);
      expect(logger.lines).toHaveLength(3);
    },
  );

  it('stops this process where it can not stop all, and says so', () => {
    const { lookout, dir, logger } = startHoneypot();
    const state = () => ({ stopped: false as const });
    const kill = () => {
      throw new Error('the disk is full');
    };
    const sightings: unknown[] = [];
    const options = {
      dir,
      logger,
      killSwitch: { state, kill },
      sighted: (what: unknown) => sightings.push(what),
    };
    const alone = createHoneypot(options);
    expect(alone.look(lookout.decoyKey(), 'a test')).toMatchObject(STOPPED);
    expect(alone.look('nothing at all', 'a test')).toMatchObject(STOPPED);
    expect(logger.lines).toContain('error everything could not be stopped: Error: the disk is full');
    expect(sightings).toHaveLength(1);
  });

  it('works with decoys in memory where none can be kept, and warns once', () => {
    const { path, dir, killSwitch } = startHoneypot();
    dir.ensure();
    chmodSync(path, 0o777);
    const logger = keepingLogger();
    const honeypot = createHoneypot({ dir, killSwitch, logger, sighted: () => undefined });
    expect(honeypot.look('nothing', 'a test')).toBeUndefined();
    expect(honeypot.look(honeypot.decoyKey(), 'a test')).toMatchObject(STOPPED);
    expect(logger.lines.filter((line) => line.startsWith('warn'))).toEqual([
      expect.stringMatching(/^warn the decoy connection token .* disk: Other users can/u),
    ]);
  });

  it('refuses all the same when what keeps records fails', () => {
    const { dir, killSwitch, logger, lookout, isStopped } = startHoneypot();
    const sighted = () => {
      throw new Error('no records');
    };
    const honeypot = createHoneypot({ dir, killSwitch, logger, sighted });
    expect(honeypot.look(lookout.decoyKey(), 'a test')).toMatchObject(STOPPED);
    expect(isStopped()).toBe(true);
    expect(logger.lines).toContain('error a sighting could not be recorded: Error: no records');
  });
});

describe('a sighting during a stop', () => {
  it('makes it a quarantine, which keeps who stopped first and ends with other decoys', () => {
    const { lookout, killSwitch } = startHoneypot();
    const key = lookout.decoyKey();
    killSwitch.kill('VS Code');
    const before = killSwitch.state();
    lookout.look(key, 'a test');
    const sighting = { decoy: 'key', where: 'a test' };
    expect(killSwitch.state()).toEqual({ ...before, sighting });
    lookout.look(key, 'another test');
    expect(killSwitch.state()).toMatchObject({ sighting });
    expect([killSwitch.resume(), killSwitch.resume()]).toEqual([true, false]);
    expect(lookout.decoyKey()).not.toBe(key);
    expect(lookout.look(key, 'a test')).toBeUndefined();
  });

  it('is told of as the one stop it is', () => {
    const { lookout, killSwitch } = startHoneypot();
    const heard: boolean[] = [];
    killSwitch.onChange(({ stopped }) => heard.push(stopped));
    killSwitch.kill('VS Code');
    lookout.look(lookout.decoyKey(), 'a test');
    killSwitch.resume();
    expect(heard).toEqual([true, false]);
  });

  it('is there, and said to be, where nothing can be added to the stop', () => {
    const { lookout, dir, path, logger, isStopped } = startHoneypot();
    dir.ensure();
    mkdirSync(join(path, 'stopped.json'));
    expect(lookout.look(lookout.decoyKey(), 'a test')).toMatchObject(STOPPED);
    expect(logger.lines.join()).toContain("Can't write the sighting into");
    expect(isStopped()).toBe(true);
  });
});
