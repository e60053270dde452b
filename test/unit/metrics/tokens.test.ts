import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { estimated } from '../../../src/metrics/tokens.ts';
import { createWorkerCounter } from '../../../src/metrics/worker-counter.ts';
import { startBench } from '../tools/support.ts';

const folder = mkdtempSync(join(tmpdir(), 'counter-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const estimate = (text: string) => estimated([text]).counts[0]!;

describe('an estimate', () => {
  it('of results is within a tenth of what the tokenizer counts', async () => {
    const bench = await startBench();
    const { agent, account } = bench;
    const acme = { organization: bench.organization('Acme Corp').id };
    const umbra = bench.organization('Umbra Health').id;
    const users = { directory_id: account.directories.find((each) => each.organization_id === umbra)!.id };
    const results = [
      await agent('list_workos_organizations'),
      await agent('get_organization_details', acme),
      await agent('list_sso_connections'),
      await agent('list_directories'),
      await agent('list_directory_users', users),
      await agent('list_directory_groups', users),
      await agent('get_audit_log_events', acme),
    ].map((result) => JSON.stringify(result));
    for (const text of results) {
      const exact = countTokens(text);
      expect(Math.abs(estimate(text) / exact - 1)).toBeLessThan(0.1);
    }
  });

  it('of English is within a fifth, and of nothing is nothing', () => {
    const text = 'The quick brown fox jumps over the lazy dog, and goes home to write a letter. '.repeat(9);
    expect(Math.abs(estimate(text) / countTokens(text) - 1)).toBeLessThan(0.2);
    expect(estimate('')).toBe(0);
  });

  it('of a longer text goes by its beginning', () => {
    const text = 'word '.repeat(100_000);
    expect(Math.abs(estimate(text) / countTokens('word '.repeat(1_000)) / 100 - 1)).toBeLessThan(0.2);
  });
});

describe('a counter in a thread', () => {
  const texts = ['one two', 'three'];
  /** A thread that does this with each message. */
  const thread = (name: string, act: string) => {
    const file = join(folder, `${name}.js`);
    writeFileSync(file, `const { parentPort, threadId } = require('node:worker_threads');\n${act}`);
    return file;
  };
  const answer = (counts: string) =>
    `parentPort.on('message', ({ id, texts }) => parentPort.postMessage({ id, counts: ${counts} }));`;

  it('gives each its own answer, in whatever order they come', async () => {
    const counter = createWorkerCounter(
      thread(
        'late',
        `parentPort.on('message', ({ id, texts }) => setTimeout(() => parentPort.postMessage({ id, counts: texts.map((t) => t.length) }), id === 1 ? 60 : 0));`,
      ),
    );
    const [first, second] = await Promise.all([counter.count(['abc']), counter.count(['abcdef'])]);
    expect([first, second]).toEqual([
      { counts: [3], exact: true },
      { counts: [6], exact: true },
    ]);
    await counter.close();
  });

  it.each([
    ['is not there', join(folder, 'missing.js')],
    ['can not be loaded', thread('broken', 'throw new Error("broken");')],
    ['fails at work', thread('failing', `parentPort.on('message', () => { throw new Error('no'); });`)],
    ['ends', thread('ending', `parentPort.on('message', () => process.exit(0));`)],
    ['answers nonsense', thread('odd', answer(`['many']`))],
  ])('that %s is replaced by an estimate', async (_what, file) => {
    const counter = createWorkerCounter(file);
    expect(await counter.count(texts)).toEqual(estimated(texts));
    await counter.close();
  });

  it('estimates what it is not done with when it closes, and what comes later', async () => {
    const counter = createWorkerCounter(thread('silent', `parentPort.on('message', () => undefined);`));
    const waiting = counter.count(texts);
    await counter.close();
    expect(await waiting).toEqual(estimated(texts));
    expect(await counter.count(texts)).toEqual(estimated(texts));
  });

  it('estimates what is too much at once', async () => {
    const counter = createWorkerCounter(thread('slow', `parentPort.on('message', () => undefined);`));
    const waiting = Array.from({ length: 80 }, () => counter.count(texts));
    expect(await waiting.at(-1)).toEqual(estimated(texts));
    await counter.close();
    expect(await Promise.all(waiting)).toHaveLength(80);
  });

  it('waits until calls have paused', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const begun = join(folder, 'begun');
      const writing = `require('node:fs').writeFileSync(${JSON.stringify(begun)}, '');`;
      const counter = createWorkerCounter(thread('begins', writing + answer('[1]')));
      const first = counter.count(['']);
      vi.advanceTimersByTime(200);
      const second = counter.count(['']);
      vi.advanceTimersByTime(200);
      await sleep(300);
      expect(existsSync(begun)).toBe(false);
      vi.advanceTimersByTime(100);
      expect(await Promise.all([first, second])).toEqual([
        { counts: [1], exact: true },
        { counts: [1], exact: true },
      ]);
      await counter.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('lets go of the thread when there is nothing to do, and starts another when there is', async () => {
    const counter = createWorkerCounter(thread('named', answer('[threadId]')), 5);
    const {
      counts: [before],
    } = await counter.count(['']);
    await vi.waitFor(async () => expect((await counter.count([''])).counts[0]).not.toBe(before), {
      interval: 50,
      timeout: 10_000,
    });
    await counter.close();
  });

  it('knows nothing of the process’ environment', async () => {
    process.env['METRICS_TEST_SECRET'] = 'x';
    const counter = createWorkerCounter(thread('env', answer('[Object.keys(process.env).length]')));
    expect(await counter.count([''])).toEqual({ counts: [0], exact: true });
    await counter.close();
  });
});
