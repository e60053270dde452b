import { expect, it, vi } from 'vitest';
import { createKillSwitch } from '../../../src/access/kill-switch.ts';
import { openStateDir } from '../../../src/access/state-dir.ts';
import { limitTime } from '../../../src/gateway/limit-time.ts';
import { compose, type Next } from '../../../src/gateway/steps.ts';
import { stop } from '../../../src/gateway/stop.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { freshPath } from '../access/support.ts';
import { AGENT, callOf, PERSON, succeed } from './support.ts';

const CREATE = 'create_workos_organization';
const STOPPED = { code: 'STOPPED', hint: expect.stringContaining('resume') };
const limits = limitTime({ idleMs: 60_000, totalMs: 60_000 });

function switchAt(path = freshPath()) {
  return { path, killSwitch: createKillSwitch(openStateDir(path)) };
}

it.each([AGENT, PERSON])(
  'refuses calls of $kind while stopped, and lets them through again',
  async (caller) => {
    const { path, killSwitch } = switchAt();
    const next = vi.fn<Next>(succeed('read'));
    const through = stop(killSwitch)(next);
    await expect(through(callOf(undefined, { caller }))).resolves.toMatchObject({ ok: true });
    // As another process does; this one has heard of nothing when the call comes.
    const other = switchAt(path).killSwitch;
    other.kill('a test');
    await expect(through(callOf(undefined, { caller }))).rejects.toMatchObject(STOPPED);
    expect(next).toHaveBeenCalledTimes(1);
    other.resume();
    await expect(through(callOf(undefined, { caller }))).resolves.toMatchObject({ ok: true });
  },
);

it('aborts a call under way in another process, which then answers STOPPED', async () => {
  const { path, killSwitch } = switchAt();
  let signal: AbortSignal | undefined;
  const hang: Next = (call) => {
    ({ signal } = call);
    return new Promise(() => undefined);
  };
  const running = compose([stop(killSwitch), limits], hang)(callOf());
  await expect.poll(() => signal?.aborted).toBe(false);
  switchAt(path).killSwitch.kill('a test');
  await expect(running).rejects.toMatchObject(STOPPED);
  expect(signal?.aborted).toBe(true);
});

it('lets a write under way say that nobody knows what became of it', async () => {
  const { killSwitch } = switchAt();
  const write: Next = ({ signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () =>
        reject(new AppError({ code: 'OUTCOME_UNKNOWN', message: 'Perhaps.' })),
      );
    });
  const running = compose([stop(killSwitch), limits], write)(callOf(CREATE));
  killSwitch.kill('a test');
  await expect(running).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
});

it.each([
  ['gives out no more of what was read', 'list_workos_organizations', 'STOPPED'],
  ['tells what was written', CREATE, 'ok'],
] as const)('once stopped it %s', async (_what, tool, ending) => {
  const { killSwitch } = switchAt();
  const finish: Next = async () => {
    killSwitch.kill('a test');
    return succeed('done')();
  };
  const ended = await stop(killSwitch)(finish)(callOf(tool)).then(
    () => 'ok',
    (error: AppError) => error.code,
  );
  expect(ended).toBe(ending);
});

it('leaves nothing behind that listens', async () => {
  const { killSwitch } = switchAt();
  const forget = vi.fn<() => void>();
  const onChange = vi.fn<typeof killSwitch.onChange>(() => forget);
  const through = stop({ ...killSwitch, onChange });
  await through(succeed('read'))(callOf());
  await expect(through(() => Promise.reject(new Error('no')))(callOf())).rejects.toThrow('no');
  expect([onChange.mock.calls.length, forget.mock.calls.length]).toEqual([2, 2]);
});
