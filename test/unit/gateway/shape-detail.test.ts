import { describe, expect, it } from 'vitest';
import { AGENT_BYTES, shape } from '../../../src/gateway/shape.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { jsonBytes, prune } from '../../../src/shared/json.ts';
import { hostileMaker } from './hostile.ts';
import { miscounted } from './miscounted.ts';
import { AGENT, callOf, PERSON, succeed } from './support.ts';

type Detail = Record<string, unknown>;

async function shaped(value: Detail, caller = AGENT): Promise<Detail> {
  const call = callOf('get_organization_details', { caller });
  const outcome = await shape(succeed(value))(call);
  if (!outcome.ok) throw outcome.error;
  return outcome.draft.value as Detail;
}

function detailOf(seed: number): Detail {
  const make = hostileMaker(seed);
  return {
    environment: { name: 'Test', kind: 'sandbox' },
    complete: true,
    issues: make.list(40, () => ({
      code: 'domain_failed',
      severity: 'high',
      message: make.text(make.size()),
      ids: make.list(20, () => 'org_domain_01ABCDEF'),
    })),
    ...make.row('org_1'),
    connections: make.list(15, (index) => make.row(`conn_${index}`)),
    metadata: make.map(),
    totals: { connections: 60 },
  };
}

describe('a detail', () => {
  it('stays within the budget and counts exactly what it leaves out, 200 times over', async () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const detail = detailOf(seed);
      const shown = await shaped(detail);
      expect(jsonBytes(shown), `seed ${seed}`).toBeLessThan(AGENT_BYTES);
      expect(miscounted(prune(detail) as Detail, shown)).toEqual([]);
      expect(JSON.stringify(shown)).not.toMatch(/\\ud[89a-f]/u);
    }
  });

  it('shows at most ten entries of a nested list, even when there is room for more', async () => {
    const shown = await shaped({
      connections: Array.from({ length: 12 }, (_, index) => ({ id: `c${index}` })),
    });
    expect(shown['connections']).toHaveLength(10);
    expect(shown['omitted']).toEqual({ connections: 2 });
  });

  it('cuts less when less is enough', async () => {
    const lists = (length: number, text: number) => ({
      a: Array.from({ length: 10 }, () => ({ text: 'x'.repeat(text) })),
      b: Array.from({ length }, () => ({ text: 'x'.repeat(text) })),
    });
    expect(await shaped(lists(10, 290))).toEqual(lists(10, 290));
    const shown = await shaped(lists(30, 1_000));
    expect(shown['omitted']).toEqual({ b: 20 });
    expect(shown['a']).toMatchObject([{ text: `${'x'.repeat(300)}…` }, {}, {}, {}, {}, {}, {}, {}, {}, {}]);
  });

  it('keeps findings before anything else in the order its tool gave', async () => {
    const shown = await shaped({
      complete: true,
      issues: [{ code: 'x' }],
      name: 'n',
      domains: [{ domain: 'd' }],
    });
    expect(Object.keys(shown)).toEqual(['complete', 'issues', 'name', 'domains']);
  });

  it('loses empties but no zero and no false', async () => {
    expect(await shaped({ complete: false, users: 0, name: '', issues: [], groups: {}, x: null })).toEqual({
      complete: false,
      users: 0,
    });
  });

  it('of a person is whole', async () => {
    const detail = detailOf(1);
    expect(await shaped(detail, PERSON)).toEqual(prune(detail));
  });
});

it('leaves a failure as it is', async () => {
  const failure = { ok: false, error: new AppError({ code: 'NOT_FOUND', message: 'No.' }) } as const;
  expect(await shape(async () => failure)(callOf())).toBe(failure);
});
