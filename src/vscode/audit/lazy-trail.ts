import type { Trail } from '../../audit/trail.ts';

/** A trail that is opened by the first record, and again by the next one if that failed. After `close` nothing opens it any more. */
export function lazyTrail(open: () => Promise<Trail>): Trail {
  let opening: Promise<Trail> | undefined;
  let opened: Trail | undefined;
  let closed = false;
  const start = async () => {
    try {
      opened = await open();
      return opened;
    } finally {
      opening = undefined;
    }
  };
  const trail = async (): Promise<Trail> => {
    if (opened !== undefined) return opened;
    if (closed) throw new Error('The audit trail is closed.');
    opening ??= start();
    return opening;
  };
  // Whoever tells of something goes on when it can't be recorded.
  const tell = async (record: (trail: Trail) => unknown): Promise<void> => {
    const now = await trail().catch(() => undefined);
    if (now !== undefined) await record(now);
  };
  return {
    before: async (make, durable) => (await trail()).before(make, durable),
    after: (make, atOnce) => void tell((now) => now.after(make, atOnce)),
    event: (name, details) => tell((now) => now.event(name, details)),
    exported: (details) => tell((now) => now.exported(details)),
    close: async () => {
      closed = true;
      const now = opened ?? (await opening?.catch(() => undefined));
      await now?.close();
    },
    file: () => opened?.file(),
  };
}
