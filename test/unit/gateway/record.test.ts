import { describe, expect, it, vi } from 'vitest';
import { type CallRecord, type Payload, record } from '../../../src/gateway/record.ts';
import type { Next } from '../../../src/gateway/steps.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { AGENT, callOf, keepingLogger, PERSON, succeed } from './support.ts';

async function recorded(next: Next) {
  const records: CallRecord[] = [];
  const logger = keepingLogger();
  const call = callOf('list_directories', { input: { search: 'secret-argument' } });
  const outcome = await record([(entry) => records.push(entry)], logger)(next)(call);
  return { outcome, records, logger };
}

describe('a call', () => {
  it('that succeeds makes one record, with who, what and how large', async () => {
    const before = Date.now();
    const { outcome, records } = await recorded(succeed({ items: ['é'] }));
    expect(outcome).toEqual({ ok: true, draft: { value: { items: ['é'] } } });
    expect(records).toHaveLength(1);
    const [entry] = records;
    expect(entry).toMatchObject({ tool: 'list_directories', caller: AGENT, status: 'ok', bytes: 16 });
    expect(entry?.ms).toBeGreaterThanOrEqual(0);
    expect(entry?.time.getTime()).toBeGreaterThanOrEqual(before);
  });

  it('that gave out what third parties wrote says so', async () => {
    const { records } = await recorded(async () => ({ ok: true, draft: { value: {} }, untrusted: true }));
    expect(records).toMatchObject([{ untrusted: true }]);
  });

  it('that is refused makes one too, with the code', async () => {
    const error = new AppError({ code: 'READ_ONLY', message: 'No.' });
    const { outcome, records } = await recorded(() => Promise.reject(error));
    expect(outcome).toEqual({ ok: false, error });
    expect(records.map(({ status, bytes }) => [status, bytes])).toEqual([
      ['READ_ONLY', JSON.stringify(error).length],
    ]);
  });

  it('that fails unexpectedly is INTERNAL to the caller and told in the log', async () => {
    const { outcome, records, logger } = await recorded(() => Promise.reject(new TypeError('boom')));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(JSON.stringify(outcome)).not.toContain('boom');
    expect(records.map(({ status }) => status)).toEqual(['INTERNAL']);
    expect(logger.lines).toEqual(['error list_directories: TypeError: boom']);
  });

  it('leaves no line in the log when its failure was foreseen', async () => {
    const { logger } = await recorded(() =>
      Promise.reject(new AppError({ code: 'NOT_FOUND', message: 'No.' })),
    );
    expect(logger.lines).toEqual([]);
  });

  it('has neither its arguments nor its result in the record', async () => {
    const { records } = await recorded(succeed({ items: ['secret-result'] }));
    expect(JSON.stringify(records)).not.toContain('secret');
    expect(Object.keys(records[0] ?? {}).sort()).toEqual(
      ['bytes', 'call', 'caller', 'ms', 'status', 'time', 'tool'].sort(),
    );
  });
});

describe('an observer', () => {
  async function observed(next: Next, call = callOf()) {
    const payloads: Payload[] = [];
    await record([(_entry, payload) => payloads.push(payload)], keepingLogger())(next)(call);
    return payloads;
  }

  it('gets what went in and what came out, whole and as it is shown', async () => {
    const next: Next = async () => ({ ok: true, draft: { value: { items: [1] } }, whole: { items: [1, 2] } });
    expect(await observed(next, callOf('list_directories', { input: { limit: 1 } }))).toEqual([
      { input: { limit: 1 }, shown: '{"items":[1]}', whole: { items: [1, 2] }, redacted: true },
    ]);
  });

  it('is told whether that is redacted: always an agent’s, a person’s if they wish', async () => {
    const [mine] = await observed(succeed({}), callOf('list_directories', { caller: PERSON }));
    const [wished] = await observed(
      succeed({}),
      callOf('list_directories', { caller: PERSON, redacted: true }),
    );
    expect([mine?.redacted, wished?.redacted]).toEqual([false, true]);
  });

  it('gets the error where there is one', async () => {
    const error = new AppError({ code: 'NOT_FOUND', message: 'No.' });
    expect(await observed(() => Promise.reject(error))).toMatchObject([{ shown: JSON.stringify(error) }]);
  });
});

it('is broken by no observer: the others are told and the outcome stands', async () => {
  const later = vi.fn<(entry: CallRecord) => void>();
  const logger = keepingLogger();
  const failing = () => {
    throw new Error('disk full');
  };
  const outcome = await record([failing, later], logger)(succeed('fine'))(callOf());
  expect(outcome).toEqual({ ok: true, draft: { value: 'fine' } });
  expect(later).toHaveBeenCalledOnce();
  expect(logger.lines).toEqual(['error observer failed: Error: disk full']);
});
