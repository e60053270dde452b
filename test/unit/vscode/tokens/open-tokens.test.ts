import { afterEach, expect, it } from 'vitest';
import { openTokens, type WindowTokens } from '../../../../src/vscode/tokens/open-tokens.ts';
import { startTokens, wordFor } from '../../access/tokens-bench.ts';
import { keepingLogger } from '../../gateway/support.ts';

const open: WindowTokens[] = [];
afterEach(() => Promise.all(open.splice(0).map(({ gate }) => gate.close())));

function openWindow() {
  const { dir, tokens: elsewhere, write } = startTokens();
  const changes: (readonly [string, string, boolean])[] = [];
  const log = keepingLogger();
  const window = openTokens({
    dir,
    log,
    changed: (change, { name, scope }) => changes.push([change, name, scope.readOnly]),
  });
  open.push(window);
  return { ...window, elsewhere, changes, log, write };
}

it('tells of each change made in the window, and of none made elsewhere', async () => {
  const { tokens, elsewhere, changes } = openWindow();
  const { info } = await tokens.issue({ name: 'A', scope: { readOnly: true } });
  await tokens.rename(info.id, 'B');
  await elsewhere.issue({ name: 'Other', scope: { readOnly: false } });
  await elsewhere.disable('B');
  await tokens.enable('B');
  await tokens.disable('B');
  await tokens.revoke('B');
  expect(changes).toEqual([
    ['issued', 'A', true],
    ['renamed', 'B', true],
    ['enabled', 'B', true],
    ['disabled', 'B', true],
    ['revoked', 'B', true],
  ]);
});

it('accepts what was issued anywhere, and nothing while the file can not be understood', async () => {
  const { tokens, elsewhere, gate, log, write } = openWindow();
  const here = await tokens.issue({ name: 'Here', scope: { readOnly: true } });
  const there = await elsewhere.issue({ name: 'There', scope: { readOnly: true } });
  for (const { token } of [here, there]) expect(wordFor(gate, token)).toBe('accepted');
  write('{');
  for (const { token } of [here, there]) expect(wordFor(gate, token)).toBe('unknown');
  expect(() => tokens.list()).toThrow('does not hold what it should');
  expect(log.lines.join()).toContain('no connection token is accepted');
  for (const { token } of [here, there]) expect(log.lines.join()).not.toContain(token);
});
