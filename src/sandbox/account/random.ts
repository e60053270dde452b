/** A stable 32-bit FNV-1a hash, so that a text can seed a generator. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** A seeded source of numbers in [0, 1): the same seed gives the same account on every machine. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Seeded choices for building sample rows. */
export interface Random {
  next(): number;
  integer(low: number, high: number): number;
  pick<T>(items: { readonly [place: number]: T; readonly 0: T; readonly length: number }): T;
}

/** Makes the seeded choices that belong to one text key. */
export function randomFor(key: string): Random {
  const next = mulberry32(hashText(key));
  return {
    next,
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
  };
}
