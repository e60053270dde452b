import { describe, expect, it } from 'vitest';
import {
  parseDays,
  parseQuestion,
  questionPath,
  rangeTimes,
} from '../../../../src/vscode/events/question.ts';

const NOW = new Date('2026-11-22T10:30:00.000Z');

describe('a range', () => {
  it('with a name reaches back from now', () => {
    expect(rangeTimes('1h', NOW)).toEqual({ from: '2026-11-22T09:30:00.000Z', to: NOW.toISOString() });
    expect(rangeTimes('7d', NOW)?.from).toBe('2026-11-15T10:30:00.000Z');
  });

  it('of days has both of them whole, as far as they are over', () => {
    expect(rangeTimes('2026-11-01_2026-11-15', NOW)).toEqual({
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-16T00:00:00.000Z',
    });
    expect(rangeTimes('2026-11-22_2026-11-22', NOW)?.to).toBe(NOW.toISOString());
  });

  it.each(['', 'constructor', '2026-11-01', '2026-13-01_2026-13-02', '2026-02-30_2026-03-01', 'a_b_c'])(
    '“%s” is none',
    (range) => {
      expect(rangeTimes(range, NOW)).toBeUndefined();
    },
  );

  it.each([
    ['2026-11-01', { range: '2026-11-01_2026-11-22' }],
    [' 2026-11-01  2026-11-15 ', { range: '2026-11-01_2026-11-15' }],
    ['2026-11-22 2026-11-22', { range: '2026-11-22_2026-11-22' }],
    ['', { problem: 'format' }],
    ['yesterday', { problem: 'format' }],
    ['2026-02-30', { problem: 'format' }],
    ['2026-11-01 2026-11-02 2026-11-03', { problem: 'format' }],
    ['2026-11-15 2026-11-01', { problem: 'order' }],
    ['2026-11-23', { problem: 'future' }],
    ['2026-01-01', { problem: 'old' }],
  ])('“%s” as a person types it', (typed, expected) => {
    expect(parseDays(typed, NOW)).toEqual(expected);
  });
});

describe('the path of a document', () => {
  it('says the question again', () => {
    const question = { organization: 'org_01ABC', source: 'both', range: '30d' } as const;
    const path = questionPath(question, 'Security events of Acme');
    expect(path).toBe('/events/org_01ABC/both/30d/Security events of Acme.log');
    expect(parseQuestion(path)).toEqual(question);
  });

  it.each([
    '/events/org_01ABC/both/30d',
    '/events/org_01ABC/all/30d/x.log',
    '/events/org_01ABC/both/31d/x.log',
    '/events/conn_01ABC/both/30d/x.log',
    '/events/org_01ABC/both/30d/x.log/y',
    '/organization/org_01ABC/both/30d/x.log',
  ])('%s is no question', (path) => {
    expect(parseQuestion(path)).toBeUndefined();
  });
});
