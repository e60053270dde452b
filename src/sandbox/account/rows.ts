/** A list in creation order, oldest first, that may compute its rows instead of holding them. */
export interface Rows<T> extends Iterable<T> {
  readonly length: number;
  at(index: number): T | undefined;
  indexOf(id: string): number;
}

/** Reads a plain array, which tests may still change, as rows. */
export function arrayRows<T extends { id: string }>(items: readonly T[]): Rows<T> {
  return {
    get length() {
      return items.length;
    },
    at: (index) => (index < 0 ? undefined : items[index]),
    indexOf: (id) => items.findIndex((item) => item.id === id),
    [Symbol.iterator]: () => items[Symbol.iterator](),
  };
}

/** Walks rows that are computed one by one. */
export function* walk<T>(rows: Pick<Rows<T>, 'length' | 'at'>): Generator<T, void> {
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows.at(index);
    if (row !== undefined) yield row;
  }
}
