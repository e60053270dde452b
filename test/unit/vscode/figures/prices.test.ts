import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PRICES } from '../../../../src/metrics/prices.ts';
import { setPrices } from '../../../../src/vscode/figures/prices.ts';

const settings = (value: unknown) => () => ({ get: () => value as never });
const manifest = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')) as {
  contributes: { configuration: { properties: Record<string, object> } };
};
const fits = new Ajv({ strict: false }).compile(
  manifest.contributes.configuration.properties['workos.prices']!,
);

const EURO = {
  currency: 'EUR',
  clients: { '*': { input: 1, output: 2 }, 'claude-code': { input: 0, output: 9 } },
};

describe('workos.prices', () => {
  it('holds as it is set', () => {
    expect(setPrices(settings(EURO))).toEqual({ prices: EURO });
    expect(fits(EURO)).toBe(true);
  });

  it.each([[undefined], [{}]])('is the default for %j', (value) => {
    expect(setPrices(settings(value))).toEqual({ prices: DEFAULT_PRICES });
  });

  it.each([
    ['no object', 'free', ''],
    ['no currency', { clients: EURO.clients }, 'currency'],
    ['a currency in words', { ...EURO, currency: 'euro' }, 'currency'],
    ['no price for the rest', { currency: 'EUR', clients: {} }, 'clients'],
    ['a negative price', { currency: 'EUR', clients: { '*': { input: -1, output: 1 } } }, 'clients.*.input'],
    [
      'a price in words',
      { currency: 'EUR', clients: { '*': { input: 1, output: '1' } } },
      'clients.*.output',
    ],
    ['half a price', { currency: 'EUR', clients: { '*': { input: 1 } } }, 'clients.*.output'],
  ])('with %s is not used, and says where the fault is', (what, value, fault) => {
    expect(setPrices(settings(value))).toEqual({ prices: DEFAULT_PRICES, fault });
    // The editor marks it too, but for what is missing at the top, since nothing at all is allowed.
    expect(fits(value)).toBe(what === 'no currency');
  });
});
