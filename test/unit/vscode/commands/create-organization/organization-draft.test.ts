import { describe, expect, it } from 'vitest';
import { tools } from '../../../../../src/tools/registry.ts';
import {
  domainsFault,
  domainsOf,
  emptyDraft,
  externalIdFault,
  inputOf,
  metadataFault,
  metadataOf,
  nameFault,
} from '../../../../../src/vscode/commands/create-organization/organization-draft.ts';

const { input } = tools.create_workos_organization;
const accepts = (draft: Partial<ReturnType<typeof emptyDraft>>) =>
  input.safeParse(inputOf({ ...emptyDraft(), name: 'Initech', domains: 'initech.example', ...draft }))
    .success;
const pairs = (count: number) => Array.from({ length: count }, (_, index) => `key${index}=v`).join(', ');

describe('a draft of an organization', () => {
  it('becomes the input of the tool, without what was left empty', () => {
    const draft = {
      ...emptyDraft(),
      name: ' Initech ',
      domains: 'initech.example, INITECH.example initech.example',
    };
    expect(inputOf(draft)).toEqual({
      name: 'Initech',
      domains: ['initech.example'],
      domain_state: 'pending',
    });
    const full = { ...draft, externalId: ' 42 ', metadata: 'tier=gold, note=a=b\\, c' };
    expect(inputOf(full)).toMatchObject({
      external_id: '42',
      metadata: { tier: 'gold', note: 'a=b, c' },
    });
  });

  it('takes a list of domains as people paste it', () => {
    expect(domainsOf('a.example,b.example;c.example\n d.example\t,, e.example ')).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}.example`),
    );
  });

  it.each([
    ['', 'empty'],
    ['  , ', 'empty'],
    ['initech.example', undefined],
    ['initech', 'noTopLevel'],
    ['initech.example https://initech.example/', 'notBare'],
    ['-.example', 'notValid'],
    ['127.0.0.1', 'ipAddress'],
    ['gmail.com', 'consumer'],
  ])('domains %j: %s', (text, code) => expect(domainsFault(text)?.code).toBe(code));

  it('says which domain is wrong', () => {
    expect(domainsFault('good.example bad_one.example')?.detail).toBe('bad_one.example');
    expect(domainsFault('😀'.repeat(200))?.detail).toBe(`${'😀'.repeat(99)}…`);
  });

  it('shows the domains that will be created, not what they looked like as they were typed', () => {
    expect(domainsOf('INITECH.example in\u200Bitech.example')).toEqual(['initech.example']);
    expect(domainsOf('initеch.example')).toEqual(['xn--initch-6of.example']);
  });

  it.each([
    ['tier=gold', undefined],
    ['', undefined],
    ['tier', 'noPair'],
    ['=gold', 'noPair'],
    ['tier=gold, tier=silver', 'repeated'],
    [`${'k'.repeat(41)}=v`, 'keyTooLong'],
    [`k=${'v'.repeat(601)}`, 'valueTooLong'],
    [pairs(51), 'tooMany'],
  ])('metadata %.30s: %s', (text, code) => expect(metadataFault(text)?.code).toBe(code));

  it('keeps a key that objects have anyway', () => {
    expect(Object.entries(metadataOf('__proto__=x'))).toEqual([['__proto__', 'x']]);
  });

  // Our own checks are made as one types; here they are held against the tool's.
  it.each([
    ['the longest name', { name: 'n'.repeat(200) }, nameFault('n'.repeat(200))],
    ['too long a name', { name: 'n'.repeat(201) }, nameFault('n'.repeat(201))],
    ['an empty name', { name: ' ' }, nameFault(' ')],
    ['100 domains', { domains: many(100) }, domainsFault(many(100))],
    ['101 domains', { domains: many(101) }, domainsFault(many(101))],
    ['the longest external id', { externalId: 'i'.repeat(128) }, externalIdFault('i'.repeat(128))],
    ['too long an external id', { externalId: 'i'.repeat(129) }, externalIdFault('i'.repeat(129))],
    ['an external id with an umlaut', { externalId: 'ü' }, externalIdFault('ü')],
    ['50 pairs', { metadata: pairs(50) }, metadataFault(pairs(50))],
    ['51 pairs', { metadata: pairs(51) }, metadataFault(pairs(51))],
    ['the longest key', { metadata: `${'k'.repeat(40)}=v` }, metadataFault(`${'k'.repeat(40)}=v`)],
    ['too long a key', { metadata: `${'k'.repeat(41)}=v` }, metadataFault(`${'k'.repeat(41)}=v`)],
    ['the longest value', { metadata: `k=${'v'.repeat(600)}` }, metadataFault(`k=${'v'.repeat(600)}`)],
    ['too long a value', { metadata: `k=${'v'.repeat(601)}` }, metadataFault(`k=${'v'.repeat(601)}`)],
  ])('agrees with the tool on %s', (_what, draft, fault) => {
    expect(fault === undefined).toBe(accepts(draft));
  });
});

function many(count: number): string {
  return Array.from({ length: count }, (_, index) => `d${index}.example`).join(' ');
}
