import { describe, expect, it } from 'vitest';
import { type Session, Sessions } from '../../../src/mcp/sessions.ts';
import type { Gateway } from '../../../src/gateway/gateway.ts';
import { serveFake, untilAborted } from '../../support/fake-gateway.ts';
import { openSession, rawCall } from '../../support/raw-http.ts';
import { keepingLogger } from '../gateway/support.ts';

function open() {
  const logger = keepingLogger();
  const gateway = { listTools: () => [], invoke: async () => ({}) } as unknown as Gateway;
  return { sessions: new Sessions({ gateway, logger, max: 8 }), logger };
}

/** An initialized session that does this when it is told of changes. */
const initialized = (changed: () => Promise<void>) => async (session: Session) => {
  Object.defineProperty(session.transport, 'sessionId', { value: 'initialized' });
  session.server.changed = changed;
};

describe('sessions', () => {
  it('are all told of changes, though one can’t be', async () => {
    const { sessions, logger } = open();
    const told: number[] = [];
    await sessions.open(initialized(() => Promise.reject(new Error('stream gone'))));
    await sessions.open(initialized(async () => void told.push(2)));
    await sessions.changed();
    expect(told).toEqual([2]);
    expect(logger.lines).toEqual(['warn client not told: Error: stream gone']);
  });

  it('are not opened any more once they were closed', async () => {
    const { sessions } = open();
    await sessions.close();
    const begun: unknown[] = [];
    expect(await sessions.open(async (session) => void begun.push(session))).toBe(false);
    expect(begun).toEqual([]);
  });
});

describe('a server', () => {
  it('is busy while a call is being worked on', async () => {
    const server = await serveFake(untilAborted());
    const session = await openSession(server);
    expect(server.busy()).toBe(false);
    const call = rawCall(server, session, { id: 1, name: 'list_directories', arguments: {} }).catch(String);
    await expect.poll(() => server.callers.length).toBe(1);
    expect(server.busy()).toBe(true);
    await server.close();
    await call;
    await server.closed;
    expect(server.busy()).toBe(false);
  });
});
