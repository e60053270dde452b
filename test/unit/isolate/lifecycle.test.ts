import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/shared/errors.ts';
import { startAccount } from '../../support/account.ts';
import { bundleProgram, expectGone, failed, JOB, openIsolate } from './support.ts';

let file: string;
beforeAll(async () => {
  file = await bundleProgram('isolate');
});

/** Ids of the processes this one has started. */
function children(): number[] {
  const list = readFileSync(`/proc/self/task/${process.pid}/children`, 'latin1');
  return list.split(' ').filter(Boolean).map(Number);
}

describe('an isolate', () => {
  it('is started by the first call, serves the next ones, and ends when nobody calls', async () => {
    const before = children();
    const bench = openIsolate({ file, limits: { idleMs: 200 } });
    expect(children()).toEqual(before);
    expect(await bench.act('one')).toBe('one');
    const [pid = 0, ...more] = children().filter((each) => !before.includes(each));
    expect(more).toEqual([]);
    expect(await bench.act('two')).toBe('two');
    expect(bench.started).toHaveLength(1);
    await expectGone(pid);
    expect(await bench.act('three')).toBe('three');
    expect(bench.started).toHaveLength(2);
  });

  it('is not ended while a call runs, however long', async () => {
    const bench = openIsolate({ file, limits: { idleMs: 50 } });
    expect(await Promise.all([bench.act('slow'), bench.act('ok')])).toEqual(['slow', 'ok']);
    expect(bench.started).toHaveLength(1);
  });

  it('ends with its executor, which refuses calls from then on', async () => {
    const before = children();
    const bench = openIsolate({ file });
    await bench.act('ok');
    const [pid = 0] = children().filter((each) => !before.includes(each));
    const running = failed(bench.act('wait'));
    await bench.executor.close();
    expect((await running).code).toBe('CANCELLED');
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    expect((await failed(bench.act('ok'))).code).toBe('CANCELLED');
  });

  it('that does not end an aborted call is ended itself', async () => {
    const bench = openIsolate({ file, limits: { abortMs: 100 } });
    await bench.act('ok');
    const stop = new AbortController();
    const deaf = failed(bench.act('deaf', { signal: stop.signal }));
    stop.abort(new AppError({ code: 'TIMEOUT', message: 'Too long.' }));
    expect((await deaf).code).toBe('TIMEOUT');
    expect(await bench.act('ok')).toBe('ok');
    expect(bench.started).toHaveLength(2);
  });

  it('that can’t be started is an error, and says so', async () => {
    const bench = openIsolate({ file: join(import.meta.dirname, 'programs/plain.ts') });
    expect((await failed(bench.act('ok'))).message).toContain('could not be started');
    await expect(bench.executor.assurance()).rejects.toThrow('could not be started');
  });

  it('leaves no process behind when its host is killed', async () => {
    const code = `const child = require('node:child_process').spawn(process.execPath, [${JSON.stringify(file)}], { stdio: ['pipe', 'pipe', 'ignore'] });
      child.stdin.write('{"type":"start","baseUrl":"http://127.0.0.1:9"}\\n');
      child.stdout.once('data', () => console.log(child.pid));`;
    const host = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) =>
      host.stdout.once('data', (text) => resolve(Number(text))),
    );
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    host.kill('SIGKILL');
    await expectGone(pid);
  });
});

describe('what crosses the bridge', () => {
  it('errors of ours keep code, message and hint; others only their text, for the log', async () => {
    const { act } = openIsolate({ file });
    expect((await failed(act('refuse'))).toJSON()).toEqual({
      code: 'NOT_FOUND',
      message: 'No.',
      hint: 'Look.',
    });
    await expect(act('fault')).rejects.toThrow('TypeError: unforeseen');
  });

  it('progress and questions', async () => {
    const { act } = openIsolate({ file });
    const progress = vi.fn<(step: unknown) => void>();
    await act('tell', { progress });
    expect(progress.mock.calls).toEqual([[{ message: 'half', done: 1, total: 2 }]]);
    const confirm = vi.fn<(question: string) => Promise<boolean>>(async () => true);
    expect(await act('ask', { confirm })).toBe(true);
    expect(confirm.mock.calls).toEqual([['Sure?']]);
  });

  it('a listener that refuses progress ends the call', async () => {
    const { act } = openIsolate({ file });
    const refuse = () => {
      throw new AppError({ code: 'INTERNAL', message: 'Withheld.' });
    };
    expect((await failed(act('tell', { progress: refuse }))).message).toBe('Withheld.');
  });

  it('a real call, and its requests’ errors', async () => {
    const { url: baseUrl, apiKey } = await startAccount();
    const scope = { signal: new AbortController().signal, progress: () => undefined };
    const input = { limit: 2 };
    const good = openIsolate({ file, baseUrl, apiKey });
    expect((await good.executor.run({ ...JOB, input }, scope)).value).toMatchObject({ items: [{}, {}] });
    const keyless = openIsolate({ file, baseUrl });
    expect((await failed(keyless.executor.run({ ...JOB, input }, scope))).code).toBe('NO_API_KEY');
  });
});
