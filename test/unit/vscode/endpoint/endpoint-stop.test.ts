import { describe, expect, it } from 'vitest';
import { speaks, supervise } from './support.ts';

describe('an endpoint', () => {
  it('that is stopped refuses connections, and the next one has another address and token', async () => {
    const { endpoint, lost } = supervise();
    const first = await endpoint.get();
    await endpoint.stop();
    await expect(speaks(first)).rejects.toThrow('fetch failed');
    expect(await endpoint.current()).toBeUndefined();
    const second = await endpoint.get();
    expect([second.url, second.token]).not.toContain(first.token);
    expect(second.token).not.toBe(first.token);
    expect(await speaks(second)).toBe(200);
    expect(lost.times).toBe(0);
  });

  it('stops a server that is still starting', async () => {
    const { endpoint, started } = supervise();
    const starting = endpoint.get();
    // As soon as the start is under way.
    await expect.poll(async () => started.length).toBe(1);
    await endpoint.stop();
    await expect(speaks(await starting)).rejects.toThrow('fetch failed');
  });
});
