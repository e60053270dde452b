import { describe, expect, it } from 'vitest';
import { goesOn, type MergeState, mergeSources, mergeState } from '../../../src/tools/audit-log-merge.ts';
import { describeAuditLogRow, describeEvent } from '../../../src/tools/event-row.ts';

const event = (time: number) => ({
  position: { time, id: `e${time}` },
  shown: describeEvent({ id: `e${time}`, event: 'x', created_at: '', data: {}, context: undefined }),
});
const row = (time: number, place = time) => ({
  time,
  row: place,
  shown: describeAuditLogRow({ action: `r${place}` }),
});
const START: MergeState = [0, 100, null, null];
const names = (items: ReturnType<typeof mergeSources>['items']) => items.map((item) => item.id ?? item.type);
const batch = (rows: ReturnType<typeof row>[], more = false) => ({
  opened: { id: 'x', range_start: 's', range_end: 'e' },
  rows,
  more,
});

describe('mergeSources', () => {
  it('merges by time, newest first, events before rows of the same moment', () => {
    const events = { events: [event(9), event(5)], next: undefined };
    const merged = mergeSources({ start: START, events, audit: batch([row(9), row(7), row(1)]), limit: 10 });
    expect(names(merged.items)).toEqual(['e9', 'r9', 'r7', 'e5', 'r1']);
    expect(merged.next).toBeUndefined();
    expect(merged.positions).toEqual([
      [0, 100, [9, 'e9'], ['x', 's', 'e', null]],
      [0, 100, [9, 'e9'], ['x', 's', 'e', [9, 9]]],
      [0, 100, [9, 'e9'], ['x', 's', 'e', [7, 7]]],
      [0, 100, false, ['x', 's', 'e', [7, 7]]],
      [0, 100, false, false],
    ]);
    for (const position of merged.positions) {
      expect(mergeState.parse(JSON.parse(JSON.stringify(position)))).toEqual(position);
    }
  });

  it('stops at the limit and says where each source goes on', () => {
    const events = { events: [event(9), event(5)], next: { time: 5, id: 'e5' } };
    const merged = mergeSources({ start: START, events, audit: batch([row(8), row(7)], true), limit: 2 });
    expect(names(merged.items)).toEqual(['e9', 'r8']);
    expect(merged.next).toEqual([0, 100, [9, 'e9'], ['x', 's', 'e', [8, 8]]]);
  });

  it('goes on from its start in a source of which nothing was shown', () => {
    const events = { events: [event(1)], next: undefined };
    const merged = mergeSources({ start: START, events, audit: batch([row(8), row(7)], true), limit: 2 });
    expect(merged.next).toEqual([0, 100, null, ['x', 's', 'e', [7, 7]]]);
  });

  it('shows no row older than events that are still to be read', () => {
    const events = { events: [event(9)], next: { time: 6, id: '' } };
    const merged = mergeSources({ start: START, events, audit: batch([row(8), row(6), row(5)]), limit: 10 });
    expect(names(merged.items)).toEqual(['e9', 'r8', 'r6']);
    expect(merged.next).toEqual([0, 100, [6, ''], ['x', 's', 'e', [6, 6]]]);
  });

  it('keeps a pending export for the next page', () => {
    const events = { events: [event(9)], next: undefined };
    const merged = mergeSources({ start: START, events, audit: batch([], true), limit: 10 });
    expect(merged.next).toEqual([0, 100, false, ['x', 's', 'e', null]]);
  });

  it('remembers that a source was exhausted, absent or unavailable', () => {
    const events = { events: [event(9)], next: { time: 9, id: 'e9' } };
    const left = (audit: undefined | 'unavailable') =>
      mergeSources({ start: START, events, audit, limit: 1 }).next;
    expect(left(undefined)).toEqual([0, 100, [9, 'e9'], false]);
    expect(left('unavailable')).toEqual([0, 100, [9, 'e9'], 'unavailable']);
    const done = mergeSources({
      start: [0, 100, false, 'unavailable'],
      events: undefined,
      audit: 'unavailable',
      limit: 1,
    });
    expect(done).toEqual({ items: [], positions: [], next: undefined });
    expect(
      [null, ['x', 's', 'e', null], false, 'unavailable'].map((state) => goesOn(state as MergeState[3])),
    ).toEqual([true, true, false, false]);
  });
});
