import { describe, expect, it } from 'vitest';
import { firewall } from '../../../src/gateway/firewall.ts';
import type { Draft } from '../../../src/tools/tool.ts';
import type { ToolName } from '../../../src/tools/registry.ts';
import { gatewayOver, head } from './leaky.ts';
import { AGENT, callOf } from './support.ts';

const through = async (tool: ToolName, draft: Draft<unknown>) => {
  const outcome = await firewall(async () => ({ ok: true, draft }))(callOf(tool));
  if (!outcome.ok) throw outcome.error;
  return outcome.draft;
};
const LIST = 'list_workos_organizations';
const DETAIL = 'get_organization_details';
const rows = [
  { id: 'org_1', name: 'a' },
  { id: 'org_2', name: 'b' },
  { id: 'org_3', name: 'c' },
];
const list = (items: readonly unknown[]) => ({
  value: { ...head, items },
  positions: items.map((_, place) => place),
  binding: 'binding',
});

describe('the rows of a list', () => {
  it('pass as they are', async () => {
    expect(await through(LIST, list(rows))).toEqual(list(rows));
  });

  it('lose fields that are not declared, at every depth', async () => {
    const odd = { ...rows[0], secret: 'x', domains: [{ domain: 'a.example', secret: 'x' }] };
    const { value } = await through(LIST, list([odd]));
    expect(value).toEqual({ ...head, items: [{ ...rows[0], domains: [{ domain: 'a.example' }] }] });
  });

  it.each<[string, unknown]>([
    ['lacks its id', { name: 'x' }],
    ['has a name that is no text', { id: 'org_9', name: { toString: 'x' } }],
    ['is none', null],
    ['is a list', [[]]],
  ])('are left out and counted where one %s, with their positions', async (_what, odd) => {
    const { value, positions } = await through(LIST, list([rows[0], odd, rows[1], odd, rows[2]]));
    expect(value).toEqual({ ...head, dropped: 2, items: rows });
    expect(positions).toEqual([0, 2, 4]);
  });

  it('lose an entry of a list of theirs alone', async () => {
    const domains = [{ domain: 'a.example' }, { domain: 7 }, 'b.example'];
    const { value, positions } = await through(LIST, list([{ ...rows[0], domains }, rows[1]]));
    expect(value).toMatchObject({ dropped: 2, items: [{ domains: [{ domain: 'a.example' }] }, rows[1]] });
    expect(positions).toEqual([0, 1]);
  });

  it('count together with what was left out while reading', async () => {
    const { value } = await through(LIST, { ...list([rows[0], null]), dropped: 3 });
    expect(value).toMatchObject({ dropped: 4 });
    expect(await through(LIST, { ...list(rows), dropped: 3 })).toEqual({
      ...list(rows),
      value: { ...head, dropped: 3, items: rows },
    });
  });

  it('leave a cursor that leads on behind the last one shown', async () => {
    const many = Array.from({ length: 300 }, (_, place) =>
      place % 3 === 1 ? null : { id: `org_${place}`, name: 'n'.repeat(80) },
    );
    const { invoke } = gatewayOver(async () => list(many));
    const outcome = await invoke(LIST, {}, AGENT);
    if (!outcome.ok) throw outcome.error;
    const { items, next_cursor = '', dropped } = outcome.value;
    const [, position] = JSON.parse(Buffer.from(next_cursor, 'base64url').toString()) as [string, number];
    expect({ dropped, id: `org_${position}` }).toEqual({ dropped: 100, id: items.at(-1)?.id });
  });
});

describe('a detail', () => {
  it('loses entries of its lists that do not fit', async () => {
    const domains = [{ domain: 'a.example' }, { state: 'pending' }];
    const { value } = await through(DETAIL, { value: { ...head, domains, connections: [{ id: 7 }] } });
    expect(value).toEqual({ ...head, dropped: 2, domains: [{ domain: 'a.example' }], connections: [] });
  });

  it('shows in a section what it declares of that list, and of maps', async () => {
    const domains = [{ domain: 'a.example', secret: 'x' }, { state: 'pending' }];
    const section = await through(DETAIL, {
      ...list(domains),
      value: { ...head, section: 'domains', items: domains },
    });
    expect(section).toMatchObject({
      value: { dropped: 1, items: [{ domain: 'a.example' }] },
      positions: [0],
    });
    expect(JSON.stringify(section)).not.toContain('secret');
    const metadata = [
      { key: 'a', value: 'x', secret: 'x' },
      { key: 'b', value: 7 },
    ];
    const map = await through(DETAIL, { value: { ...head, section: 'metadata', items: metadata } });
    expect(map.value).toMatchObject({ dropped: 1, items: [{ key: 'a', value: 'x' }] });
    expect(JSON.stringify(map)).not.toContain('secret');
  });

  it.each<[string, object]>([
    ['a field does not fit', { name: 7 }],
    ['a list is none', { domains: 'a.example' }],
    ['a section is unknown', { section: 'secrets', items: [] }],
    ['a field and a row do not fit', { name: 7, domains: [null] }],
  ])('fails the call where %s', async (_what, fields) => {
    await expect(through(DETAIL, { value: { ...head, ...fields } })).rejects.toThrow(/output schema/u);
  });
});
