import { describe, expect, it } from 'vitest';
import { causeOf } from '../../../src/metrics/causes.ts';
import { Incidents } from '../../../src/metrics/incidents.ts';
import { EVENT_KINDS, type Past } from '../../../src/metrics/past.ts';
import { call, NOW } from './support.ts';

function incidentsOf(past: readonly Past[]): Incidents {
  const incidents = new Incidents();
  for (const each of past) incidents.add(each);
  return incidents;
}

describe('an incident', () => {
  it.each([
    ['TIMEOUT', 'failure', 'too long'],
    ['INVALID_API_KEY', 'failure', 'API key'],
    ['NETWORK', 'failure', 'network'],
    ['OUTCOME_UNKNOWN', 'failure', 'look whether'],
    ['INVALID_INPUT', 'error', 'arguments'],
    ['READ_ONLY', 'error', 'read-only'],
    ['OUT_OF_SCOPE', 'error', 'connection token'],
    ['APPROVAL_REQUIRED', 'approval', 'person'],
    ['STOPPED', 'kill', 'kill switch'],
    ['SOMETHING_NEW', 'error', 'does not know'],
    ['toString', 'error', 'does not know'],
  ])('comes of a call that ended with %s', (status, kind, word) => {
    const [incident, ...more] = incidentsOf([call({ status })]).list();
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ kind, tool: 'list_directories', client: 'claude-code', count: 1 });
    expect(incident?.cause).toContain(word);
  });

  it.each(['ok', 'CANCELLED'])('comes not of a call that ended with %s', (status) => {
    expect(causeOf(status)).toBeUndefined();
    expect(incidentsOf([call({ status })]).list()).toEqual([]);
  });

  it('comes of a result in which something was covered, by kind and without values', () => {
    const [incident] = incidentsOf([call({ covered: { ssn: 2, card: 1 } })]).list();
    expect(incident).toMatchObject({
      kind: 'dlp',
      cause: 'A result held values that were covered: card, ssn.',
    });
  });

  it('comes of a result with text that third parties wrote', () => {
    const list = incidentsOf([call({ untrusted: true, covered: { ssn: 1 } })]).list();
    expect(list.map(({ kind }) => kind).sort()).toEqual(['dlp', 'taint']);
  });

  it.each(EVENT_KINDS)('comes of an event of the kind %s', (kind) => {
    const event = { type: 'event', at: NOW, process: 'p', kind, cause: 'Because.' } as const;
    expect(incidentsOf([event]).list()).toEqual([
      { kind, cause: 'Because.', count: 1, first: NOW, last: NOW },
    ]);
  });

  it('is counted, with its first and last time, when it comes again', () => {
    const [incident, ...more] = incidentsOf([5, 1, 3].map((at) => call({ at, status: 'TIMEOUT' }))).list();
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ count: 3, first: 1, last: 5 });
  });
});

describe('the list', () => {
  it('is one for a stop that several processes tell of', () => {
    const kill = { type: 'event', kind: 'kill', cause: 'Stopped.' } as const;
    const told = (at: number, process: string) => ({ ...kill, at, process });
    const incidents = incidentsOf([told(9_000, 'a'), told(9_020, 'b'), told(8_990, 'c'), told(60_000, 'a')]);
    expect(incidents.list()).toMatchObject([{ kind: 'kill', count: 2, first: 9_000, last: 60_000 }]);
  });

  it('is one for each stop, though the files of two processes are read one after another', () => {
    const kill = (process: string, at: number) =>
      ({ type: 'event', kind: 'kill', cause: 'Stopped.', process, at }) as const;
    const stops = [0, 100_000, 200_000];
    const told = [...stops.map((at) => kill('a', at)), ...stops.map((at) => kill('b', at + 10))];
    expect(incidentsOf(told).list()).toMatchObject([{ count: 3, first: 0, last: 200_000 }]);
  });

  it('is bounded, and many of one kind push out none of another', () => {
    const kill = { type: 'event', at: 1, process: 'p', kind: 'kill', cause: 'Stopped.' } as const;
    const flood = Array.from({ length: 5_000 }, (_, at) =>
      call({ at, status: 'NOT_FOUND', client: `c${at}` }),
    );
    const incidents = incidentsOf([kill, ...flood]);
    expect(incidents.list().length).toBe(51);
    expect(incidents.list().at(-1)).toMatchObject({ kind: 'kill' });
    expect(incidents.counts().get('error')).toBe(5_000);
  });

  it('has the latest first', () => {
    const statuses = ['TIMEOUT', 'NOT_FOUND', 'NETWORK'];
    const list = incidentsOf(statuses.map((status, index) => call({ status, at: [2, 3, 1][index]! }))).list();
    expect(list.map(({ last }) => last)).toEqual([3, 2, 1]);
  });
});
