import { describe, expect, it } from 'vitest';
import { Pages } from '../../../../src/vscode/views/paging.ts';
import { handAnswered } from './support.ts';

function open() {
  const { asked, fetch } = handAnswered<string>();
  return { asked, pages: new Pages(fetch) };
}

/** Pages whose first one has been read. */
async function opened(items: readonly string[], next?: string) {
  const { asked, pages } = open();
  const read = pages.read();
  asked[0]!.answer(items, next);
  await read;
  return { asked, pages };
}

describe('Pages', () => {
  it('sends one request for two readers at once, and none afterwards', async () => {
    const { asked, pages } = open();
    const both = [pages.read(), pages.read()];
    expect(asked).toHaveLength(1);
    asked[0]!.answer(['a']);
    await Promise.all(both);
    await pages.read();
    expect(asked).toHaveLength(1);
    expect(pages.rows).toEqual(['a']);
    expect(pages.hasMore).toBe(false);
    expect(await pages.more()).toBe(false);
  });

  it('adds the next page, and does not read it twice at a time', async () => {
    const { asked, pages } = await opened(['a'], 'after-a');
    const more = pages.more();
    expect(await pages.more()).toBe(false);
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, 'after-a']);
    asked[1]!.answer(['b']);
    expect(await more).toBe(true);
    expect(pages.rows).toEqual(['a', 'b']);
    expect([pages.count, pages.hasMore]).toEqual([2, false]);
  });

  it('keeps the old rows while it reads again, and when that fails', async () => {
    const { asked, pages } = await opened(['a'], 'after-a');
    pages.expire();
    const again = pages.read();
    expect(pages.rows).toEqual(['a']);
    asked[1]!.fail('TIMEOUT');
    await again;
    expect(pages.rows).toEqual(['a']);
    expect(pages.failure).toMatchObject({ at: 'start', error: { code: 'TIMEOUT' } });
    await pages.read();
    expect(asked).toHaveLength(2);
    pages.expire();
    const third = pages.read();
    asked[2]!.answer(['b']);
    await third;
    expect(pages.rows).toEqual(['b']);
    expect(pages.failure).toBeUndefined();
    expect(pages.hasMore).toBe(false);
  });

  it('can try the next page again after that has failed', async () => {
    const { asked, pages } = await opened(['a'], 'after-a');
    const more = pages.more();
    asked[1]!.fail();
    await more;
    expect(pages.failure?.at).toBe('end');
    expect(pages.rows).toEqual(['a']);
    const again = pages.more();
    expect(asked[2]!.cursor).toBe('after-a');
    asked[2]!.answer(['b']);
    await again;
    expect(pages.rows).toEqual(['a', 'b']);
    expect(pages.failure).toBeUndefined();
  });

  it('reads once more when it expires while something is being read', async () => {
    const { asked, pages } = open();
    const first = pages.read();
    pages.expire();
    const second = pages.read();
    asked[0]!.answer(['old']);
    await first;
    await expect.poll(() => asked.length).toBe(2);
    asked[1]!.answer(['new']);
    await second;
    expect(pages.rows).toEqual(['new']);
    expect(pages.reads).toBe(2);
  });
});
