import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const MODULE = resolve(import.meta.dirname, '../../../src/cli/process.ts');

it('exit loses nothing that a slow reader of a pipe has not taken yet', async () => {
  const script = `import(${JSON.stringify(MODULE)}).then(({ exit }) => {
    process.stdout.write('x'.repeat(1_000_000));
    return exit(3);
  });`;
  const child = spawn(process.execPath, ['--no-warnings', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await sleep(300);
  expect(await text(child.stdout)).toHaveLength(1_000_000);
  expect((await ended)[0]).toBe(3);
});
