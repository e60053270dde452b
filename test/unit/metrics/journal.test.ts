import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStateDir } from '../../../src/access/state-dir.ts';
import { createJournal } from '../../../src/metrics/journal.ts';
import { pastFiles } from '../../../src/metrics/past-files.ts';
import type { Kept, Past } from '../../../src/metrics/past.ts';
import { startOf } from '../../../src/shared/running.ts';
import { keepingLogger } from '../gateway/support.ts';
import { call, NOW } from './support.ts';

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'journal-'));
  folder = join(home, 'metrics');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const files = () => readdirSync(folder).toSorted();
async function read(since = 0): Promise<Past[]> {
  const found: Past[] = [];
  for await (const past of pastFiles(openStateDir(home)).read(since)) found.push(past);
  return found;
}
const sorted = (past: readonly Past[]) => past.toSorted((a, b) => a.at - b.at);

async function keep(past: readonly Kept[], logger = keepingLogger(), limits = {}) {
  const all = { files: 500, fileBytes: 1e6, allBytes: 1e7, keptMs: 1e9, ...limits };
  const journal = createJournal(openStateDir(home), logger, all);
  for (const each of past) journal.write(each);
  await journal.close();
  return logger;
}

describe('what is kept', () => {
  const past: Kept[] = [
    call({
      at: 1,
      covered: { ssn: 1 },
      untrusted: true,
      tokens: { arguments: 1, result: 2, saved: 3, exact: true },
    }),
    call({ at: 2, call: 2, status: 'TIMEOUT' }),
    { type: 'event', at: 3, process: 'p', kind: 'kill', cause: 'Stopped.' },
  ];

  it('is read again as it was', async () => {
    await keep(past);
    expect(await read()).toEqual(past);
    expect(await read(2)).toEqual(past.slice(1));
  });

  it('is for this user alone', async () => {
    await keep(past);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(files().map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600]);
  });

  it('is in a file per writer, whatever their number is', async () => {
    await Promise.all(past.map((each) => keep([each])));
    expect(files()).toHaveLength(3);
    expect(sorted(await read())).toEqual(past);
  });

  it('is nowhere when there was nothing', async () => {
    await keep([]);
    expect(readdirSync(home)).toEqual([]);
    expect(await read()).toEqual([]);
  });

  it('is written while the process goes on', async () => {
    const journal = createJournal(openStateDir(home), keepingLogger());
    journal.write(call());
    await expect.poll(() => read()).toHaveLength(1);
    await journal.close();
  });
});

describe('a reader', () => {
  it('leaves out a torn line, and lines and files that are none', async () => {
    await keep([call()]);
    const [name = ''] = files();
    appendFileSync(join(folder, name), '{"type":"call","at":-1}\nnull\n\u0000\n{"type":"call","at":17');
    writeFileSync(join(folder, 'notes.jsonl'), `${JSON.stringify(call())}\n`);
    mkdirSync(join(folder, '1795402401948-1-00000000.jsonl'));
    execFileSync('mkfifo', [join(folder, '1795402401948-2-00000000.jsonl')]);
    expect(await read()).toEqual([call()]);
  });

  it('takes the last word of a process that runs on its sessions, and none of one that does not', async () => {
    const sessions = (open: number): Kept => ({ type: 'sessions', at: NOW, process: 'p', open });
    await keep([sessions(1), sessions(3), call()]);
    expect((await read()).filter(({ type }) => type === 'sessions')).toEqual([
      { ...sessions(3), start: startOf(process.pid) },
    ]);
    const text = readFileSync(join(folder, files()[0]!), 'utf8');
    rmSync(join(folder, files()[0]!));
    writeFileSync(join(folder, `${NOW}-4194305-00000000.jsonl`), text);
    expect(await read()).toEqual([call()]);
  });

  it('takes no word on sessions of a process whose number another has got', async () => {
    const sessions: Kept = { type: 'sessions', at: NOW, process: 'p', open: 3 };
    await keep([{ ...sessions, start: '1' }, call()]);
    // Where the system does not say when a process began, its number is all there is.
    const taken = startOf(process.pid) === undefined ? [{ ...sessions, start: '1' }] : [];
    expect(await read()).toEqual([call(), ...taken]);
    await keep([sessions]);
    expect(await read()).toContainEqual(expect.objectContaining({ open: 3, start: startOf(process.pid) }));
  });

  it('refuses a directory that others can write to', async () => {
    chmodSync(home, 0o777);
    await expect(read()).rejects.toThrow('Other users can write');
  });
});

describe('what is too much', () => {
  const line = JSON.stringify(call()).length + 1;

  it('goes on in a further file', async () => {
    const journal = createJournal(openStateDir(home), keepingLogger(), {
      files: 9,
      fileBytes: line,
      allBytes: 1e6,
      keptMs: 1e9,
    });
    for (const count of [1, 2, 3]) {
      journal.write(call({ call: count }));
      await expect.poll(() => read()).toHaveLength(count);
    }
    await journal.close();
    expect(files()).toHaveLength(3);
  });

  it.each([
    ['bytes', { fileBytes: line, allBytes: 3 * line }],
    ['files', { files: 3 }],
  ])('loses the oldest: %s', async (_what, limits) => {
    for (const at of [1, 2, 3, 4, 5]) {
      await keep([call({ at, call: at })], keepingLogger(), limits);
      // Names tell age by the millisecond.
      await new Promise((later) => setTimeout(later, 2));
    }
    expect((await read()).map(({ at }) => at)).toEqual([3, 4, 5]);
  });

  it('and too old goes when another begins', async () => {
    await keep([call({ at: 1 })]);
    utimesSync(join(folder, files()[0]!), 1, 1);
    await keep([call({ at: 2 })]);
    expect(await read()).toEqual([call({ at: 2 })]);
  });
});

it('what can not be written is said once, and breaks nothing', async () => {
  writeFileSync(join(home, 'metrics'), 'in the way');
  const logger = keepingLogger();
  const journal = createJournal(openStateDir(home), logger);
  journal.write(call());
  await expect.poll(() => logger.lines).toHaveLength(1);
  journal.write(call());
  await journal.close();
  expect(logger.lines).toEqual([expect.stringMatching(/^warn figures are not kept: /)]);
});
