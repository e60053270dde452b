import { threat } from './line.ts';

const FIREWALL = 'src/gateway/firewall.ts';
const RECORDS = 'src/workos/records.ts';
const FIREWALL_TEST = 'test/unit/gateway/firewall.test.ts';
const DROPPED_TEST = 'test/unit/tools/dropped.test.ts';

export const malformedRecords = threat('a record is not what it should be', [
  [
    'fields that nobody declared',
    [FIREWALL, '...parsed.data, dropped } : parsed.data', '...parsed.data, dropped } : given'],
    [FIREWALL_TEST, 'the rows of a list > lose fields'],
  ],
  [
    'one bad row that takes the page with it',
    [FIREWALL, 'cut = entriesAt(given, parsed.error);', 'cut = [];'],
    [FIREWALL_TEST, 'the rows of a list > are left out and counted where one lacks its id'],
  ],
  [
    'one bad record of the API that does',
    [RECORDS, 'dropped.note(idOf(entry), 1);', 'throw new Error();'],
    [DROPPED_TEST, 'a record that does not fit > costs a list itself alone'],
  ],
  [
    'a bad row that moves the cursor, so that others are skipped',
    [FIREWALL, 'positions.filter((_, row) => !rows.has(row))', 'positions'],
    [FIREWALL_TEST, 'the rows of a list > leave a cursor'],
  ],
  [
    'a result made unfit by a later step',
    ['src/gateway/publish.ts', 'if (!parsed.success) {', 'if (false) {'],
    ['test/unit/gateway/publish.test.ts', 'lets nothing out that a step has made unfit'],
  ],
  [
    'words of WorkOS in an error',
    ['src/workos/errors.ts', ' && /^[\\w.[\\]-]{1,80}$/u.test(value)', ''],
    ['test/unit/workos/errors.test.ts', 'text from upstream > never reaches'],
  ],
  [
    'input that no tool declares',
    ['src/gateway/check-input.ts', 'if (!parsed.success) {', 'if (false) {'],
    ['test/unit/gateway/check-input.test.ts', 'input that does not fit'],
  ],
]);
