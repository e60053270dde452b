import { describe, expect, it } from 'vitest';
import { speaks, supervise } from './support.ts';

const why = 'it had closed';

describe('an endpoint that has died', () => {
  it('is told of once another one has replaced it, and not before', async () => {
    const { endpoint, lost, recovered } = supervise();
    await (await endpoint.get()).close();
    await expect.poll(() => lost.times).toBe(1);
    expect(recovered).toEqual([]);
    await endpoint.get();
    expect(recovered).toEqual([{ what: 'endpoint', why }]);
    await endpoint.get();
    expect(recovered).toHaveLength(1);
  });

  it('by being stopped is no recovery', async () => {
    const { endpoint, recovered } = supervise();
    await endpoint.get();
    await endpoint.stop();
    await endpoint.get();
    expect(recovered).toEqual([]);
  });

  it('again and again is left alone for a while, then clients are told to ask again', async () => {
    const { endpoint, lost, recovered } = supervise({ times: 0 }, { ends: 3, pauseMs: 300 });
    for (let time = 1; time <= 3; time += 1) {
      await (await endpoint.get()).close();
      await expect.poll(() => lost.times).toBe(time);
    }
    expect(recovered.at(-1)).toEqual({ what: 'endpoint', why, pausedMs: 300 });
    await expect(endpoint.get()).rejects.toThrow('It keeps ending: no other one for 1 s.');
    await expect.poll(() => lost.times).toBe(4);
    expect(await speaks(await endpoint.get())).toBe(200);
    expect(recovered.filter(({ pausedMs }) => pausedMs === undefined)).toHaveLength(3);
  });
});
