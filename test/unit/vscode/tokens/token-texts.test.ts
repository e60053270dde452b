import { describe, expect, it } from 'vitest';
import type { TokenInfo } from '../../../../src/access/token-info.ts';
import { tools } from '../../../../src/tools/registry.ts';
import { clientItem, toolChoices, tokenItem, toolsText } from '../../../../src/vscode/tokens/token-texts.ts';
import { english } from '../english.ts';

const when = (time: Date) => time.toISOString().slice(0, 10);
const day = (text: string) => new Date(`${text}T12:00:00Z`);

function info(more: Partial<TokenInfo> = {}): TokenInfo {
  return {
    id: 'tok_1',
    name: 'Claude',
    hint: '1a2b',
    scope: { readOnly: false },
    status: 'active',
    enabled: true,
    created: day('2026-01-02'),
    requests: 0,
    clients: [],
    ...more,
  };
}
const use = (name: string, requests: number) => ({ name, requests, lastUsed: day('2026-03-04') });

describe('a token in the list', () => {
  it('shows hint, scope, state, and what has become of it', () => {
    expect(tokenItem(english, info(), when)).toEqual({
      label: '$(key) Claude',
      description: '…1a2b · all tools · active',
      detail: 'created 2026-01-02 · never used · does not expire',
    });
    const used = info({
      scope: { readOnly: true, tools: ['list_directories'] },
      status: 'disabled',
      enabled: false,
      requests: 12,
      clients: [use('a', 7), use('b', 5)],
      lastUsed: day('2026-03-04'),
      expires: day('2026-05-06'),
    });
    expect(tokenItem(english, used, when)).toEqual({
      label: '$(circle-slash) Claude',
      description: '…1a2b · 1 tool · read-only · disabled',
      detail: 'created 2026-01-02 · last used 2026-03-04 · 12 requests by 2 clients · expires 2026-05-06',
    });
  });

  it.each([
    [1, 1, '1 request by 1 client'],
    [3, 1, '3 requests by 1 client'],
  ])('says that there were %i by %i', (requests, count, words) => {
    const clients = Array.from({ length: count }, () => use('a', requests));
    expect(tokenItem(english, info({ requests, clients }), when).detail).toContain(` · ${words} · `);
  });

  it('makes no icon and no second line of names, which files and clients give', () => {
    const evil = '$(check)\nall is well\u202e';
    const shown = JSON.stringify([
      tokenItem(english, info({ name: evil, hint: '$(x)' }), when),
      clientItem(english, use(evil, 1), when),
      toolsText(english, { tools: [evil], readOnly: false }),
    ]);
    expect(shown.match(/\$\([a-z-]+\)/gu)).toEqual(['$(key)']);
    expect(shown).not.toMatch(/\\n|\u202e/u);
  });
});

it('a client shows what it did', () => {
  expect(clientItem(english, use('Cursor', 2), when)).toEqual({
    label: 'Cursor',
    description: '2 requests · last used 2026-03-04',
  });
  expect(clientItem(english, use('', 1), when).label).toBe('a client without a name');
});

it('names the tools a token is limited to', () => {
  expect(toolsText(english, { tools: ['a', 'b'], readOnly: false })).toBe('Only: a, b');
  expect(toolsText(english, { readOnly: true })).toBeUndefined();
});

it('offers every tool, and says which changes the account', () => {
  const choices = toolChoices(english);
  expect(choices.map(({ value }) => value)).toEqual(Object.keys(tools));
  expect(choices.filter(({ description }) => description.includes('changes the account'))).toMatchObject([
    { value: 'create_workos_organization' },
  ]);
});
