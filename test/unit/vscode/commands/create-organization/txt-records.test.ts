import { expect, it } from 'vitest';
import { dnsRecordLines } from '../../../../../src/vscode/commands/create-organization/txt-records.ts';

it('writes the record of each domain that has one', () => {
  const dns_record = { name: '_workos-challenge-ab.acme.example', value: 'workos-verification=x1+/=' };
  expect(dnsRecordLines([{ dns_record }, {}])).toEqual([
    '_workos-challenge-ab.acme.example TXT "workos-verification=x1+/="',
  ]);
});

it('lets nothing out of its place in the line', () => {
  const dns_record = { name: 'a.example\n$INCLUDE /x; (', value: 'x"\nevil.example A 1.2.3.4 \\\u202E' };
  expect(dnsRecordLines([{ dns_record }])).toEqual([
    'a.example\\ \\$INCLUDE\\ /x\\;\\ \\( TXT "x\\" evil.example A 1.2.3.4 \\\\"',
  ]);
});
