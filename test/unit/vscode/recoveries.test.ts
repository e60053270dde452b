import { expect, it } from 'vitest';
import type { Recovery } from '../../../src/shared/recovery.ts';
import { tellRecoveries } from '../../../src/vscode/recoveries.ts';

it('a window tells the person of each kind once, and its log each time', () => {
  const shown: Recovery[] = [];
  const lines: string[] = [];
  const kept: Recovery[] = [];
  const recovered = tellRecoveries({
    log: { warn: (line) => void lines.push(line) },
    keep: (each) => void kept.push(each),
    show: (each) => void shown.push(each),
  });
  const isolate = { what: 'isolate', why: 'it stopped answering' } as const;
  const endpoint = { what: 'endpoint', why: 'it had closed' } as const;
  const loop = { ...isolate, pausedMs: 30_000 };
  for (const each of [isolate, isolate, endpoint, loop, loop, endpoint]) recovered(each);
  expect(shown).toEqual([isolate, endpoint, loop]);
  expect(kept).toHaveLength(6);
  expect(lines).toHaveLength(6);
  expect(lines[0]).toBe('The process that runs the tools was replaced: it stopped answering.');
  expect(lines[3]).toBe(
    'The process that runs the tools keeps ending and is not started again for 30 s: it stopped answering.',
  );
});
