import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/shared/errors.ts';
import { childrenOf, runs } from '../../support/processes.ts';
import { bundleProgram, failed, JOB, openIsolate } from './support.ts';

let file: string;
beforeAll(async () => {
  file = await bundleProgram('isolate');
});

const children = () => childrenOf(process.pid);

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
    await expect.poll(() => runs(pid), { timeout: 10_000 }).toBe(false);
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
    const pid = children().find((each) => !before.includes(each)) ?? 0;
    const running = failed(bench.act('wait'));
    await bench.executor.close();
    expect((await running).code).toBe('CANCELLED');
    expect(runs(pid)).toBe(false);
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

  it('leaves no process behind when its host is killed, not even one at work', async () => {
    const job = { ...JOB, input: { act: 'wait' } };
    const messages = [
      { type: 'start', baseUrl: 'http://127.0.0.1:9' },
      { type: 'call', call: 1, job },
      { type: 'ping' },
    ];
    const text = messages.map((message) => `${JSON.stringify(message)}\n`).join('');
    const code = `const child = require('node:child_process').spawn(process.execPath, [${JSON.stringify(file)}], { stdio: ['pipe', 'pipe', 'ignore'] });
      child.stdin.write(${JSON.stringify(text)});
      child.stdout.on('data', (data) => String(data).includes('pong') && console.log(child.pid));`;
    const host = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => host.stdout.once('data', (id) => resolve(Number(id))));
    expect(runs(pid)).toBe(true);
    host.kill('SIGKILL');
    await expect.poll(() => runs(pid), { timeout: 10_000 }).toBe(false);
  });
});
