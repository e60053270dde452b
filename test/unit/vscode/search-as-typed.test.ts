import { describe, expect, it, vi } from 'vitest';
import { SearchAsTyped } from '../../../src/vscode/search-as-typed.ts';
import { useFakeTime } from '../shared/fake-time.ts';

useFakeTime();

/** A search whose answers come when the test says so. */
function setUp() {
  const asked: { text: string; signal: AbortSignal; answer: (found: string) => void }[] = [];
  const shown: string[] = [];
  const busy: boolean[] = [];
  const searching = new SearchAsTyped<string>({
    search: (text, signal) => new Promise((answer) => asked.push({ text, signal, answer })),
    show: (found) => void shown.push(found),
    busy: (now) => void busy.push(now),
  });
  return { asked, shown, busy, searching };
}

describe('searching as somebody types', () => {
  it('asks once typing pauses, for what was typed last', async () => {
    const { asked, shown, busy, searching } = setUp();
    for (const text of ['a', 'ac', 'acm']) {
      searching.type(text);
      await vi.advanceTimersByTimeAsync(199);
    }
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.map(({ text }) => text)).toEqual(['acm']);
    asked[0]!.answer('Acme');
    await vi.advanceTimersByTimeAsync(0);
    expect(shown).toEqual(['Acme']);
    expect(busy.at(-1)).toBe(false);
  });

  it('drops answers to what is not asked any more', async () => {
    const { asked, shown, busy, searching } = setUp();
    const first = searching.now('a');
    searching.type('ab');
    await vi.advanceTimersByTimeAsync(200);
    expect(asked[0]!.signal.aborted).toBe(true);
    asked[1]!.answer('second');
    asked[0]!.answer('first');
    await first;
    await vi.advanceTimersByTimeAsync(0);
    expect(shown).toEqual(['second']);
    expect(busy.at(-1)).toBe(false);
  });

  it('asks and shows nothing after its end', async () => {
    const { asked, shown, searching } = setUp();
    const running = searching.now('a');
    searching.type('ab');
    searching.dispose();
    asked[0]!.answer('late');
    await running;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(1);
    expect(shown).toEqual([]);
  });
});
