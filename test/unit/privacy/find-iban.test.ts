import { describe, expect, it } from 'vitest';
import { found } from './support.ts';

describe('iban', () => {
  it.each([
    ['DE89370400440532013000', 'DE89370400440532013000'],
    ['DE89 3704 0044 0532 0130 00', 'DE89 3704 0044 0532 0130 00'],
    ['DE89-3704-0044-0532-0130-00', 'DE89-3704-0044-0532-0130-00'],
    ['de89 3704 0044 0532 0130 00', 'de89 3704 0044 0532 0130 00'],
    ['GB82 WEST 1234 5698 7654 32', 'GB82 WEST 1234 5698 7654 32'],
    ['FR1420041010050500013M02606', 'FR1420041010050500013M02606'],
    ['NL91ABNA0417164300', 'NL91ABNA0417164300'],
    ['CH9300762011623852957', 'CH9300762011623852957'],
    ['BE68539007547034', 'BE68539007547034'],
    ['NO9386011117947', 'NO9386011117947'],
    ['MT84MALT011000012345MTLCAST001S', 'MT84MALT011000012345MTLCAST001S'],
    ['ES9121000418450200051332', 'ES9121000418450200051332'],
    ['IT60X0542811101000000123456', 'IT60X0542811101000000123456'],
    ['AT611904300234573201', 'AT611904300234573201'],
    ['SE4550000000058398257466', 'SE4550000000058398257466'],
    ['PL61109010140000071219812874', 'PL61109010140000071219812874'],
    ['SA0380000000608010167519', 'SA0380000000608010167519'],
    ['IBAN: DE89 3704 0044 0532 0130 00 is mine', 'DE89 3704 0044 0532 0130 00'],
    ['to NL91ABNA0417164300, please', 'NL91ABNA0417164300'],
    ['ＤＥ89370400440532013000', 'ＤＥ89370400440532013000'],
    [
      'DE89\u200b3704\u200b0044\u200b0532\u200b0130\u200b00',
      'DE89\u200b3704\u200b0044\u200b0532\u200b0130\u200b00',
    ],
  ])('finds %s', (text, iban) => {
    expect(found('iban', text)).toEqual([iban]);
  });

  it.each([
    ['wrong check digits', 'DE88370400440532013000'],
    ['two digits swapped', 'DE89370400440532010300'],
    ['another country’s length', 'NL89370400440532013000'],
    ['one character less', 'DE8937040044053201300'],
    ['one character more', 'DE893704004405320130001'],
    ['no country', 'XX89370400440532013000'],
    ['letters before it', 'xDE89370400440532013000'],
    ['an underscore before it', 'id_DE89370400440532013000'],
    ['a letter behind it', 'DE89370400440532013000x'],
    ['a foreign letter behind it', 'DE89370400440532013000é'],
    ['three characters between groups', 'DE89   3704   0044   0532   0130   00'],
    ['an id of an object', 'directory_user_01E4ZCR3C56J083X43JQXF3JK5'],
    ['a product number', 'MX5000-1234-5678-9012'],
    ['a VAT number', 'DE123456789'],
    ['a commit', 'de89a3704c0044d0532e0130f00a1b2c3d4e5f60'],
    ['a sentence', 'At 12 noon, in room BE 68, 539 people met.'],
    ['an ISO date', '2026-11-01T12:34:56.789Z'],
    ['a letterless number', '89370400440532013000'],
  ])('leaves %s', (_what, text) => {
    expect(found('iban', text)).toEqual([]);
  });
});
