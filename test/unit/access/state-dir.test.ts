import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openStateDir } from '../../../src/access/state-dir.ts';
import { freshPath } from '../../support/fresh-path.ts';
import { inProcess, startProcess } from './support.ts';

const COUNT = z.number().default(0);
const up = (now: number) => ({ next: now + 1, result: now + 1 });
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('a state directory', () => {
  it('is made when first written to, for this user only, as are its files', async () => {
    const dir = openStateDir(freshPath());
    expect(dir.problem()).toBeUndefined();
    expect(dir.read('count.json', COUNT)).toBe(0);
    expect(statSync(dir.path, { throwIfNoEntry: false })).toBeUndefined();
    expect(await dir.update('count.json', COUNT, up)).toBe(1);
    expect([mode(dir.path), mode(join(dir.path, 'count.json'))]).toEqual(['700', '600']);
    expect(dir.read('count.json', COUNT)).toBe(1);
    expect(readdirSync(dir.path)).toEqual(['count.json']);
  });

  it.each([
    ['that the group can write to', (path: string) => chmodSync(path, 0o770), /can write.*chmod 700/u],
    ['that all can write to', (path: string) => chmodSync(path, 0o707), /can write.*chmod 700/u],
  ])('%s is refused', async (_what, spoil, words) => {
    const dir = openStateDir(freshPath());
    dir.ensure();
    spoil(dir.path);
    expect(dir.problem()).toMatch(words);
    expect(() => dir.ensure()).toThrow(words);
    expect(() => dir.read('count.json', COUNT)).toThrow(words);
    await expect(dir.update('count.json', COUNT, up)).rejects.toThrow(words);
    expect(readdirSync(dir.path)).toEqual([]);
  });

  it('of another user is refused', () => {
    // Only root can give one away; anybody else has those of root.
    const path = process.getuid?.() === 0 ? freshPath() : '/usr';
    if (path !== '/usr') {
      mkdirSync(path);
      chownSync(path, 12_345, 12_345);
    }
    expect(openStateDir(path).problem()).toBe(`The state directory ${path} belongs to another user.`);
  });

  it('that is a file is refused, as is one that can not be made', () => {
    const path = freshPath();
    writeFileSync(path, '');
    expect(openStateDir(path).problem()).toBe(`The state directory ${path} is not a directory.`);
    expect(() => openStateDir(join(path, 'below')).ensure()).toThrow(/below/u);
  });

  it('where nothing can be made is refused at once', async () => {
    // Linux answers there that the parent is missing; a process of its own, as it could go on for ever.
    const { child, output } = startProcess(
      'make-directory.ts',
      `try { openStateDir('/proc/workos-mcp/state').ensure(); } catch ({ message }) { console.log(message); }
       try { access.makeDirectory('/proc/workos-mcp'); } catch ({ code }) { console.log(code); }`,
    );
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    expect(await output).toMatch(
      /^Can't make the state directory \/proc\/workos-mcp\/state \(E[A-Z]+\)\.\nE[A-Z]+\n$/u,
    );
    clearTimeout(timer);
  });

  it('is made with all that is missing above it, each for this user only', () => {
    const path = freshPath();
    openStateDir(join(path, 'one/two')).ensure();
    expect([path, join(path, 'one'), join(path, 'one/two')].map(mode)).toEqual(['700', '700', '700']);
  });
});

describe('a file in it', () => {
  it('that holds something else is an error that names it', async () => {
    const dir = openStateDir(freshPath());
    dir.ensure();
    writeFileSync(join(dir.path, 'count.json'), '"seven"');
    expect(() => dir.read('count.json', COUNT)).toThrow(/count\.json does not hold what it should/u);
    await expect(dir.update('count.json', COUNT, up)).rejects.toThrow(/count\.json/u);
    expect(readFileSync(join(dir.path, 'count.json'), 'utf8')).toBe('"seven"');
  });

  it('stays as it was when the change fails, and nothing is left behind', async () => {
    const dir = openStateDir(freshPath());
    await dir.update('count.json', COUNT, up);
    const fail = () => {
      throw new Error('no');
    };
    await expect(dir.update('count.json', COUNT, fail)).rejects.toThrow('no');
    expect(dir.read('count.json', COUNT)).toBe(1);
    expect(readdirSync(dir.path)).toEqual(['count.json']);
  });

  it('that can not be replaced is an error, and no draft is left behind', async () => {
    const dir = openStateDir(freshPath());
    dir.ensure();
    mkdirSync(join(dir.path, 'count.json'));
    await expect(dir.update('count.json', COUNT, up)).rejects.toThrow(/count\.json/u);
    expect(readdirSync(dir.path)).toEqual(['count.json']);
  });
});

describe('many processes at once', () => {
  const PROCESSES = 5;
  const ROUNDS = 40;

  it('lose no update, and never see half of a file', async () => {
    const dir = openStateDir(freshPath());
    dir.ensure();
    // Each writes a file too long for one block, and reads between: half of it would be no JSON.
    const code = `import { z } from 'zod';
      const dir = openStateDir(${JSON.stringify(dir.path)});
      const schema = z.object({ count: z.number(), filler: z.string().length(50_000) });
      const start = schema.or(z.undefined());
      for (let round = 0; round < ${ROUNDS}; round += 1) {
        await dir.update('count.json', start, (now) =>
          ({ next: { count: (now?.count ?? 0) + 1, filler: 'x'.repeat(50_000) }, result: 0 }));
        for (let look = 0; look < 20; look += 1) dir.read('count.json', schema);
      }`;
    await Promise.all(Array.from({ length: PROCESSES }, () => inProcess('state-dir.ts', code)));
    expect(dir.read('count.json', z.object({ count: z.number() })).count).toBe(PROCESSES * ROUNDS);
    expect(readdirSync(dir.path)).toEqual(['count.json']);
  }, 60_000);
});
