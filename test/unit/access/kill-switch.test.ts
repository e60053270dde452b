import { chmodSync, existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createKillSwitch,
  type KillSwitch,
  stoppedError,
  type SwitchState,
} from '../../../src/access/kill-switch.ts';
import { openStateDir } from '../../../src/access/state-dir.ts';
import { freshPath, inProcess } from './support.ts';

const open: KillSwitch[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

function switchAt(path = freshPath()) {
  const dir = openStateDir(path);
  const killSwitch = createKillSwitch(dir);
  open.push(killSwitch);
  const heard: boolean[] = [];
  killSwitch.onChange(({ stopped }) => heard.push(stopped));
  return { path, killSwitch, heard, isStopped: () => killSwitch.state().stopped };
}

describe('the kill switch', () => {
  it('is off until it is used, stays on until it is lifted, and may be used twice', () => {
    const { path, killSwitch, isStopped, heard } = switchAt();
    expect([isStopped(), killSwitch.resume()]).toEqual([false, false]);
    expect([killSwitch.kill('a test'), killSwitch.kill('another')]).toEqual([true, false]);
    expect(killSwitch.state()).toEqual({ stopped: true, at: expect.any(Date), by: 'a test' });
    expect((statSync(join(path, 'stopped.json')).mode & 0o777).toString(8)).toBe('600');
    expect(switchAt(path).isStopped()).toBe(true);
    expect([killSwitch.resume(), killSwitch.resume(), isStopped()]).toEqual([true, false, false]);
    expect(heard).toEqual([true, false]);
  });

  it.each([
    ['nothing', (file: string) => writeFileSync(file, '')],
    ['garbage', (file: string) => writeFileSync(file, '\u0000{"stopped":fal')],
    ['another shape', (file: string) => writeFileSync(file, '{"stopped":false,"at":7}')],
    ['no rights to read it', (file: string) => writeFileSync(file, '{}', { mode: 0 })],
    ['a directory', (file: string) => mkdirSync(file)],
    ['a link that leads nowhere', (file: string) => symlinkSync('/nowhere', file)],
  ])('counts as used when its file holds %s', (_what, write) => {
    const { path, killSwitch, isStopped } = switchAt();
    openStateDir(path).ensure();
    write(join(path, 'stopped.json'));
    expect(isStopped()).toBe(true);
    expect(killSwitch.kill('a test')).toBe(false);
  });

  it('counts as used while its directory can not be trusted, and says why', () => {
    const { path, killSwitch, isStopped, heard } = switchAt();
    openStateDir(path).ensure();
    chmodSync(path, 0o777);
    expect(killSwitch.state()).toMatchObject({
      stopped: true,
      problem: expect.stringContaining('chmod 700'),
    });
    expect(killSwitch.kill('a test')).toBe(false);
    expect(() => killSwitch.resume()).toThrow(/chmod 700/u);
    chmodSync(path, 0o700);
    expect(isStopped()).toBe(false);
    expect(heard).toEqual([true, false]);
  });

  it('counts as used where no directory can be', () => {
    const file = freshPath();
    writeFileSync(file, '');
    expect(switchAt(join(file, 'below')).killSwitch.state()).toMatchObject({ stopped: true });
  });
});

describe('another process', () => {
  it('stops this one: listeners hear of it, and of its end', async () => {
    const { path, heard } = switchAt();
    const use = (code: string) =>
      inProcess('kill-switch.ts', `access.createKillSwitch(openStateDir(${JSON.stringify(path)})).${code}`);
    await use(`kill('elsewhere')`);
    await expect.poll(() => heard).toEqual([true]);
    await use('resume()');
    await expect.poll(() => heard).toEqual([true, false]);
  });

  it('is heard even where the directory was removed and made again', async () => {
    const { path, heard } = switchAt();
    rmSync(path, { recursive: true });
    await expect.poll(() => existsSync(path)).toBe(true);
    const other = switchAt(path).killSwitch;
    other.kill('a test');
    await expect.poll(() => heard).toEqual([true]);
    other.resume();
    await expect.poll(() => heard).toEqual([true, false]);
  });
});

it('a stop that came and went while nobody looked is told of all the same', () => {
  const { path, killSwitch, heard } = switchAt();
  const other = createKillSwitch(openStateDir(path));
  other.kill('a test');
  other.resume();
  expect(heard).toEqual([]);
  expect(killSwitch.state()).toEqual({ stopped: false });
  expect(heard).toEqual([true, false]);
});

it('a listener that fails keeps no other from hearing', () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const { killSwitch } = switchAt();
  const heard: SwitchState[] = [];
  killSwitch.onChange(() => {
    throw new Error('broken');
  });
  const forget = killSwitch.onChange((state) => heard.push(state));
  killSwitch.kill('a test');
  forget();
  killSwitch.resume();
  expect(heard).toMatchObject([{ stopped: true }]);
  expect(warn.mock.calls).toEqual([[new Error('broken')], [new Error('broken')]]);
  warn.mockRestore();
});

it('the error says when, and names no file of the machine', () => {
  const at = new Date('2026-01-02T03:04:05Z');
  expect(stoppedError({ stopped: true, at, by: 'me' }).toJSON()).toEqual({
    code: 'STOPPED',
    message: 'WorkOS MCP was stopped by the kill switch at 2026-01-02T03:04:05.000Z.',
    hint: expect.stringContaining('"workos-mcp resume"'),
  });
  const unreadable = stoppedError({ stopped: true, at, problem: 'The state directory /home/me is …' });
  expect(JSON.stringify(unreadable)).not.toContain('/home');
});
