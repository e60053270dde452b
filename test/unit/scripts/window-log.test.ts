import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addedLines, callLine } from '../../../scripts/start/window-log.mts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

/** Where VS Code puts the log of a window. */
function logOf(session: string): string {
  const file = join(folder, session, 'exthost1/workos-mcp.workos-mcp/WorkOS.log');
  mkdirSync(dirname(file), { recursive: true });
  return file;
}

it('gives each finished line once, of every window', () => {
  const [one, two] = [logOf('one'), logOf('two')];
  writeFileSync(one, 'a\nb');
  const added = addedLines(folder);
  expect(added()).toEqual(['a']);
  appendFileSync(one, 'c\nd\n');
  writeFileSync(two, 'e\n');
  expect(added().toSorted()).toEqual(['bc', 'd', 'e']);
  expect(added()).toEqual([]);
});

it('reads on when VS Code removes a log, also while it is being looked for', () => {
  const file = logOf('old');
  writeFileSync(file, 'a\n');
  const added = addedLines(folder);
  expect(added()).toEqual(['a']);
  rmSync(join(folder, 'old'), { recursive: true });
  // Found, and gone when it is opened.
  symlinkSync('missing', logOf('gone'));
  writeFileSync(logOf('new'), 'b\n');
  expect(added()).toEqual(['b']);
});

it('reads a log from its beginning when it starts anew, and a full one that was renamed not again', () => {
  const file = logOf('one');
  writeFileSync(file, 'first\nsecond\n');
  const added = addedLines(folder);
  added();
  writeFileSync(file.replace('.log', '.1.log'), 'first\nsecond\n');
  writeFileSync(file, 'third\n');
  expect(added()).toEqual(['third']);
});

it('shows a call of the window as the server shows its own', () => {
  const line =
    '2026-01-31 12:00:00.123 [info] #7 list_directories agent:Copilot Chat 12 ms 3456 bytes NOT_FOUND';
  expect(callLine(line)).toMatch(/^12:00:00 +list_directories +Copilot Chat +12 +3,456 +NOT_FOUND$/u);
  expect(
    callLine('2026-01-31 12:00:00.123 [info] GET /organizations: trying again in 350 ms'),
  ).toBeUndefined();
});

it("shows the time of a log in UTC by this machine's clock", () => {
  vi.stubEnv('TZ', 'Asia/Tokyo');
  const line = '2026-01-31 12:00:00.123 [info] #7 list_directories person:tree 12 ms 3456 bytes ok';
  expect(callLine(line, 'Z')).toMatch(/^21:00:00 /u);
  expect(callLine(line)).toMatch(/^12:00:00 /u);
});
