import { seeded } from './support.ts';

const ALPHABETS = [
  ['a', 'b', ' '],
  ['日', '本', '語'],
  ['😀', '🇩🇪', '👩‍👩‍👧'],
  ['\u0000', '\u0001', '"', '\\', '\n'],
  ['a', 'é', '€', '😀', '"'],
];

/** Makes the texts and records that upstream systems, or somebody who means harm, may have put into an account. */
export function hostileMaker(seed: number) {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(options: readonly T[]): T => options[below(options.length)] as T;
  const text = (longest: number): string => {
    const letters = pick(ALPHABETS);
    return Array.from({ length: below(longest) }, () => pick(letters)).join('');
  };
  const size = () => pick([0, 5, 10, 40, 40, 150, 150, 2_000]);
  const list = <T>(most: number, make: (index: number) => T): T[] =>
    Array.from({ length: below(most + 1) }, (_, index) => make(index));
  const data = (depth: number): unknown => {
    const kind = depth > 1 ? 0 : below(4);
    if (kind === 0) return text(size());
    if (kind === 1) return below(1_000);
    if (kind === 2) return list(6, () => data(depth + 1));
    return Object.fromEntries(list(6, (index) => [`${text(60)}${index}`, data(depth + 1)]));
  };
  const map = () => Object.fromEntries(list(15, (index) => [`${text(40)}${index}`, data(0)]));
  const row = (id: string): Record<string, unknown> => ({
    id,
    idp_id: text(size()),
    name: text(size()),
    email: text(size()),
    state: text(size()),
    roles: list(15, () => text(size())),
    domains: list(15, () => ({ domain: text(size()), state: 'pending' })),
    custom_attributes: map(),
    actor: { id: 'user_1', name: text(size()) },
    members: below(10),
  });
  return { random, below, pick, text, size, list, map, row };
}
