import { expect, it } from 'vitest';
import { Announcer } from '../../../../src/vscode/endpoint/announcer.ts';

/** What clients and the editor were told, with a server that has started or not. */
function open({ started = true } = {}) {
  const state = { version: '10 tools', running: Promise.resolve() };
  const told: string[] = [];
  const changed = async () => void told.push('clients');
  const announcer = new Announcer({
    version: () => state.version,
    server: async () => (started ? { changed } : undefined),
    settled: () => state.running,
    ask: () => void told.push('editor'),
  });
  return { announcer, state, told };
}

it('tells clients of other tools, though no editor ever asked for the endpoint', async () => {
  const { announcer, state, told } = open();
  await announcer.look({ account: false });
  told.length = 0;
  await announcer.look({ account: false });
  expect(told).toEqual([]);
  state.version = '9 tools';
  await announcer.look({ account: false });
  expect(told).toEqual(['clients']);
});

it('tells clients of another account, though the tools are the same, and no editor', async () => {
  const { announcer, told } = open();
  announcer.provide();
  await announcer.look({ account: false });
  told.length = 0;
  await announcer.look({ account: true });
  expect(told).toEqual(['clients']);
});

it('tells clients even if the editor came for the new version before', async () => {
  const { announcer, state, told } = open();
  announcer.provide();
  await announcer.look({ account: false });
  told.length = 0;
  state.version = '9 tools';
  announcer.provide();
  await announcer.look({ account: false });
  expect(told).toEqual(['clients']);
});

it('asks the editor to come again, once, when the running calls have ended', async () => {
  const { announcer, state, told } = open({ started: false });
  announcer.provide();
  const running = Promise.withResolvers<void>();
  state.running = running.promise;
  state.version = '9 tools';
  const looking = Promise.all([announcer.look({ account: false }), announcer.look({ account: false })]);
  await new Promise(setImmediate);
  expect(told).toEqual([]);
  running.resolve();
  await looking;
  await announcer.look({ account: false });
  expect(told).toEqual(['editor']);
});

it('does not ask it for what is as it was by then', async () => {
  const { announcer, state, told } = open({ started: false });
  announcer.provide();
  const running = Promise.withResolvers<void>();
  state.running = running.promise;
  state.version = '9 tools';
  const looking = announcer.look({ account: false });
  await new Promise(setImmediate);
  state.version = '10 tools';
  running.resolve();
  await looking;
  expect(told).toEqual([]);
});
