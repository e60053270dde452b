import { execFileSync } from 'node:child_process';
import { createSecretKey } from 'node:crypto';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonical, sha256 } from '../../../src/audit/canonical.ts';
import { describeArguments, describeResult } from '../../../src/audit/describe-values.ts';
import { readEntries } from '../../../src/audit/export/entries.ts';
import { EXPORT_FORMATS } from '../../../src/audit/export/formats.ts';
import { masterKeyFrom } from '../../../src/audit/master-key.ts';
import { jcs } from '../../support/second-verifier-records.mjs';
import { INTACT, newHome, tampered, verdictOn } from './support.ts';

const VECTORS = join(import.meta.dirname, '../../vectors/audit');
const rfc8785: {
  numbers: [string, string][];
  errors: string[];
  example: { json: string; canonicalUtf8Hex: string };
  sorting: { json: string; order: string[] };
} = JSON.parse(readFileSync(join(VECTORS, 'jcs.json'), 'utf8'));
const openssl = join(VECTORS, 'openssl');
const records: { body: Record<string, unknown>; chain_id: string; hash: string }[] = readFileSync(
  join(openssl, 'audit/20260131T080000000Z-4242-00c0ffee-0001.jsonl'),
  'utf8',
)
  .split('\n')
  .slice(0, -1)
  .map((line) => JSON.parse(line));
const expected: Record<string, { exit: number; kind?: string; seq?: number }> = JSON.parse(
  readFileSync(join(openssl, 'cases/expected.json'), 'utf8'),
);

/** The product's canonical form, and the second verifier's. */
const forms = { product: canonical, second: jcs };

describe.each(Object.entries(forms))('RFC 8785 as the %s has it', (_name, form) => {
  it.each(rfc8785.numbers)('writes the double %s as %s', (bits, text) => {
    expect(form(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });

  it.each(rfc8785.errors)('has no form for the double %s', (bits) => {
    expect(() => form(Buffer.from(bits, 'hex').readDoubleBE())).toThrow(/not allowed|no such number/u);
  });

  it('writes the example of the RFC, byte by byte', () => {
    const { json, canonicalUtf8Hex } = rfc8785.example;
    expect(Buffer.from(form(JSON.parse(json))).toString('hex')).toBe(canonicalUtf8Hex);
  });

  it('sorts as the RFC does', () => {
    const { json, order } = rfc8785.sorting;
    const values = form(JSON.parse(json)).matchAll(/":"([^"]*)"/gu);
    expect(Array.from(values, ([, value]) => value)).toEqual(order);
  });

  it('has no form for half a character', () => {
    expect(() => form({ text: '\ud800' })).toThrow(/surrogate|half/u);
  });
});

describe('a chain hashed and signed by OpenSSL', () => {
  it('is intact for both verifiers', () => {
    expect(verdictOn(join(openssl, 'audit'))).toEqual(INTACT);
    expect(verdictOn(join(openssl, 'audit'), { checkpoint: join(openssl, 'head.checkpoint') })).toEqual(
      INTACT,
    );
    expect(verdictOn(join(openssl, 'audit'), { fast: true })).toEqual(INTACT);
  });

  it.each(Object.entries(expected))('%s, is found to be so', (name, { exit, kind, seq }) => {
    const options = name === 'truncated' ? { checkpoint: join(openssl, 'head.checkpoint') } : {};
    const found = verdictOn(join(openssl, 'cases', `${name}.jsonl`), {
      key: join(openssl, 'keys'),
      ...options,
    });
    expect(found).toEqual(exit === 0 ? INTACT : tampered(`${kind} ${seq}`));
  });

  it('is a forgery when another master key is named', () => {
    const other = join(VECTORS, 'other-master.pub');
    expect(verdictOn(join(openssl, 'audit'), { key: other })).toEqual(tampered('forged 0'));
  });

  it('tells of tokens, approvals, resources and requests where exports look for them', () => {
    const { entries } = readEntries(join(openssl, 'audit'), undefined);
    const change = EXPORT_FORMATS['csv']!(entries)
      .split('\r\n')
      .find((row) => row.includes('create_workos_organization'));
    for (const value of ['CI', 'client', 'org_01H7ZGXFMV2JPQ9BQ41MPZ3QKS', 'req_1'])
      expect(change?.split(',')).toEqual(expect.arrayContaining([expect.stringContaining(value)]));
  });

  it('verifies record by record with the commands of the document', () => {
    const document = readFileSync(join(import.meta.dirname, '../../../docs/audit-format.md'), 'utf8');
    const [, commands = ''] = /^```sh\n([^`]*)```$/mu.exec(document) ?? [];
    const folder = newHome().path;
    cpSync(openssl, folder, { recursive: true });
    for (const [index, { hash }] of records.entries()) {
      const script = commands.replace('n=2 ', `n=${index + 1} `);
      const printed = execFileSync('sh', ['-ec', script], { cwd: folder, encoding: 'utf8' });
      expect(printed).toMatch(
        new RegExp(
          `^${hash} .*\\nSignature Verified Successfully\\nSignature Verified Successfully\\n$`,
          'u',
        ),
      );
    }
  });

  it('has the digests the writer makes of the same arguments and the same result', () => {
    const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
    const [, intent, outcome] = records;
    const master = masterKeyFrom(seed, 'local-user');
    const key = createSecretKey(master.derive('workos-mcp audit arguments v1', intent!.chain_id));
    const { args_hmac, args_bytes } = intent!.body;
    expect(describeArguments({ search: 'Müller "€"', limit: 5 }, key)).toEqual({ args_hmac, args_bytes });
    const { result_hash } = outcome!.body;
    expect(describeResult({ items: [], complete: true })).toEqual({ result_hash });
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});
