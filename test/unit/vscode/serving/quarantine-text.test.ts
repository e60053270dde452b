import { expect, it } from 'vitest';
import { quarantineDetail, quarantineNotice } from '../../../../src/vscode/serving/quarantine-text.ts';
import { english } from '../english.ts';

const AT = { at: new Date('2026-01-31T12:00:00Z') };

it('says which decoy was seen, where and when, and what to do', () => {
  const sighting = { decoy: 'token', where: 'the headers of an HTTP request' } as const;
  expect(quarantineNotice(english, sighting)).toContain('decoy connection token was seen');
  const detail = quarantineDetail(english, sighting, AT);
  expect(detail).toContain('Seen: the decoy connection token\nWhere: the headers of an HTTP request\n');
  expect(detail).toContain('When: 2026-01-31T12:00:00.000Z');
  expect(detail).toContain('Find out which agent');
});

it('tells a key from a token, and shows nothing hidden of where it was', () => {
  const sighting = { decoy: 'key', where: 'arguments of x', by: 'Ev\u202Eil\n[x](y)' } as const;
  expect(quarantineNotice(english, sighting)).toContain('decoy API key was seen');
  const [seen, , client] = quarantineDetail(english, sighting, AT).split('\n');
  expect(seen).toBe('Seen: the decoy API key');
  expect(client).toBe('Client: Evil [x] (y)');
});
