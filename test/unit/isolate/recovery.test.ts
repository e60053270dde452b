import { beforeAll, describe, expect, it } from 'vitest';
import type { Recovery } from '../../../src/shared/recovery.ts';
import { childrenOf } from '../../support/processes.ts';
import { bundleProgram, failed, openIsolate, type Setup } from './support.ts';

let file: string;
beforeAll(async () => {
  file = await bundleProgram('isolate');
});

/** An isolate whose process the test may kill, and what was told of it. */
function bench(more: Partial<Setup> = {}) {
  const others = childrenOf(process.pid);
  const told: Recovery[] = [];
  const opened = openIsolate({ file, recovered: (recovery) => void told.push(recovery), ...more });
  const own = () => childrenOf(process.pid).filter((pid) => !others.includes(pid));
  return {
    ...opened,
    told,
    /** Kills it by its id, and waits until its host has noticed. */
    kill: async () => {
      const pids = own();
      expect(pids).toHaveLength(1);
      for (const pid of pids) process.kill(pid, 'SIGKILL');
      await expect.poll(() => own()).toEqual([]);
    },
  };
}

describe('an isolate that was killed', () => {
  it('is replaced at the next call, and that is told with its cause, each time', async () => {
    const { act, told, kill } = bench();
    const recovery = { what: 'isolate', why: 'it ended unexpectedly, most likely out of memory' };
    for (let time = 1; time <= 2; time += 1) {
      expect(await act('one')).toBe('one');
      await kill();
      await expect.poll(() => act('two').then(() => told.length)).toBe(time);
      expect(told.at(-1)).toEqual(recovery);
    }
    await act('three');
    expect(told).toHaveLength(2);
  });

  it('during a read is replaced, and the call answers all the same', async () => {
    const { act, told, kill } = bench();
    await act('one');
    const slow = act('slow');
    await kill();
    expect(await slow).toBe('slow');
    await act('two');
    expect(told).toHaveLength(1);
  });

  it('because nobody called is not told of: it was closed', async () => {
    const { act, told, started } = bench({ limits: { idleMs: 50 } });
    const others = childrenOf(process.pid).length;
    await act('one');
    await expect.poll(() => childrenOf(process.pid).length).toBe(others);
    await act('two');
    expect(started).toHaveLength(2);
    expect(told).toEqual([]);
  });
});

describe('an isolate that keeps ending', () => {
  it('is left alone for a while: calls say so and how long, and go through afterwards', async () => {
    const { act, told, kill, started, executor } = bench({ loop: { ends: 2, pauseMs: 1_500 } });
    for (let time = 1; time <= 2; time += 1) {
      await act('one');
      await kill();
    }
    await expect.poll(() => told.at(-1)?.pausedMs).toBe(1_500);
    const refused = await failed(act('one'));
    expect(refused.code).toBe('INTERNAL');
    expect(refused.message).toMatch(/keeps ending, so it is not started again for [12] s\.$/u);
    expect(refused.hint).toContain('workos-mcp doctor');
    await expect(executor.assurance()).rejects.toThrow('keeps ending');
    expect(started).toHaveLength(2);
    await expect.poll(() => act('one').catch(() => 'refused')).toBe('one');
    expect(started).toHaveLength(3);
  });

  it('is told of also when it never starts', async () => {
    const { act, told } = bench({ file: __filename, loop: { ends: 2 } });
    for (let time = 1; time <= 2; time += 1) await failed(act('one'));
    expect(told).toEqual([{ what: 'isolate', why: 'it could not be started', pausedMs: 30_000 }]);
    expect((await failed(act('one'))).message).toContain('keeps ending');
  });
});
