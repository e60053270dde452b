import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { serveFake } from '../../support/fake-gateway.ts';
import { openSession, openStream, rawCall, rawRequest } from '../../support/raw-http.ts';

const TOOL = 'list_workos_organizations';

it('a server that is stopped lets nobody in, and cuts every connection, in use or not', async () => {
  const server = await serveFake(async () => ({}));
  const stream = openStream(server, await openSession(server));
  const idle = connect(server.port, '127.0.0.1');
  const closed = once(idle, 'close');
  await Promise.all([stream.opened, once(idle, 'connect')]);
  await server.stop();
  await Promise.all([stream.closed, closed, server.closed]);
  await expect(rawRequest(server.port, {})).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  // Both are what a window calls when it closes later.
  await expect(Promise.all([server.stop(), server.close()])).resolves.toBeDefined();
});

it('a call that is being aborted gets its last word out first', async () => {
  const answer = Promise.withResolvers<object>();
  const server = await serveFake(() => answer.promise);
  const call = rawCall(server, await openSession(server), { id: 7, name: TOOL, arguments: {} });
  await expect.poll(() => server.callers.length).toBe(1);
  const stopped = server.stop();
  setTimeout(() => answer.resolve({ last: 'word' }), 50);
  expect(await call).toMatchObject({ id: 7, result: { structuredContent: { last: 'word' } } });
  await stopped;
});

it('a call that never ends holds it up no longer than that', async () => {
  const server = await serveFake(() => new Promise(() => undefined));
  const session = await openSession(server);
  const call = rawCall(server, session, { id: 7, name: TOOL, arguments: {} }).catch(String);
  await expect.poll(() => server.callers.length).toBe(1);
  await server.stop();
  expect(await call).toMatch(/Error/u);
});
