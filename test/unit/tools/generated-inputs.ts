import { z } from 'zod';
import { type ToolName, tools } from '../../../src/tools/registry.ts';
import { HIDDEN_ATTACKS } from '../untrusted/attacks.ts';
import { seeded } from '../gateway/support.ts';

export interface GeneratedCall {
  readonly tool: ToolName;
  readonly input: unknown;
}

/** A field as its published schema describes it, as far as the generator looks. */
interface Field {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Field;
}

const NAMES = Object.keys(tools) as ToolName[];
const SCHEMAS = NAMES.map((name) => [name, z.toJSONSchema(tools[name].input, { io: 'input' })] as const);
const FIELDS = Object.fromEntries(
  SCHEMAS.map(([name, { properties }]) => [name, properties as Record<string, Field>]),
) as Record<ToolName, Record<string, Field>>;
const REQUIRED = new Set(
  SCHEMAS.flatMap(([name, { required = [] }]) => required.map((field) => `${name} ${field}`)),
);
const ODD_KEYS = [
  '__proto__',
  'constructor',
  'toString',
  '',
  ' ',
  'organization\u200B',
  'LIMIT',
  '0',
  'a.b',
  '[]',
];
const PREFIXES = [
  'org_',
  'conn_',
  'directory_',
  'directory_group_',
  'directory_user_',
  'export_',
  'sk_live_',
  '',
];
const TIMES = [
  '2026-11-01',
  '2026-13-45',
  '1970-01-01T00:00:00Z',
  'now',
  '2026-11-20T00:00:00+99:99',
  '+275760-09-13',
];
const REFERENCES = [
  'Acme Corp',
  'acme.com',
  'Stark Industries',
  'umbrahealth.org',
  'nobody.example',
  '..',
  '.',
  '%2e%2e',
  '/',
];
const NUMBERS = [0, -1, 1, 20, 100, 101, 1e9, 0.5, -0, NaN, Infinity, Number.MAX_SAFE_INTEGER + 2, 1e308];
const LETTERS = 'abcXYZ019 _-.:/\\"\'{}[]<>&%$#@!\n\t\u0000éß株式会社👨‍👩‍👧‍👦می‌خواهم\u202E\u200B\uD800';

/** Calls of all ten tools in turn: wrong and right ones, the same for the same seed. */
export function generateCalls(seed: number, count: number): GeneratedCall[] {
  const make = generator(seed);
  return Array.from({ length: count }, (_, place) => {
    const tool = NAMES[place % NAMES.length]!;
    return { tool, input: make(tool) };
  });
}

function generator(seed: number): (tool: ToolName) => unknown {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(options: readonly T[]): T => options[below(options.length)]!;
  const letters = Array.from(LETTERS);
  const list = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make);
  const word = () => list(30, () => pick(letters)).join('');
  const id = () =>
    `${pick(PREFIXES)}${list(26, () => pick(Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ'))).join('')}`;
  const text = (): string =>
    pick<() => string>([
      word,
      id,
      () => pick(TIMES),
      () => pick(REFERENCES),
      () => pick(HIDDEN_ATTACKS)[1],
      () => pick(letters).repeat(pick([1, 40, 300, 301, 2_001, 50_000])),
      () => domain(),
      () => Buffer.from(JSON.stringify([word(), [pick(NUMBERS), null]])).toString('base64url'),
    ])();
  const deep = () => {
    let value: unknown = text();
    for (let level = pick([3, 50, 1_000]); level > 0; level -= 1)
      value = level % 2 === 0 ? [value] : { a: value };
    return value;
  };
  const wild = (depth = 0): unknown =>
    pick<() => unknown>([
      text,
      () => pick(NUMBERS),
      () => pick([true, false, null, undefined, 10n, new Date(0), new Map(), Symbol.iterator.description]),
      ...(depth > 2
        ? []
        : [
            deep,
            () => list(4, () => wild(depth + 1)),
            () =>
              record(
                () => pick([...ODD_KEYS, word()]),
                () => wild(depth + 1),
              ),
          ]),
    ])();
  const record = (key: () => string, value: () => unknown) => {
    const made: Record<string, unknown> = {};
    // Assigned to, `__proto__` would be no field.
    for (const name of list(4, key))
      Object.defineProperty(made, name, { value: value(), enumerable: true, configurable: true });
    return made;
  };
  const domain = () => `${word().replaceAll(/[^a-z]/gu, '') || 'x'}.example`;
  /** What a field of this name takes. */
  const usual: Record<string, () => unknown> = {
    domains: () => [domain(), ...list(2, domain)],
    name: () => `Generated ${word()}`,
    organization: () => pick(REFERENCES),
    from: () => pick(TIMES),
    to: () => pick(TIMES),
    directory_id: id,
    connection_id: id,
    user_id: id,
  };
  const fitting = (field: Field, name = ''): unknown => {
    if (random() < 0.5 && usual[name] !== undefined) return usual[name]();
    if (field.enum !== undefined) return pick(field.enum);
    if (field.type === 'boolean') return random() < 0.5;
    if (field.type === 'integer') return pick([1, 2, 20, 100]);
    if (field.type === 'array') return list(4, () => fitting(field.items ?? {}));
    return field.type === 'object' ? record(text, text) : text();
  };
  return (tool) => {
    if (random() < 0.1) return wild();
    const fields = Object.entries(FIELDS[tool]);
    const right = random() < 0.7 ? 1 : 0.6;
    const few = random();
    const input: Record<string, unknown> = {};
    for (const [name, field] of fields) {
      if (random() > (REQUIRED.has(`${tool} ${name}`) ? 0.9 : few)) continue;
      input[name] = random() < right ? fitting(field, name) : wild();
    }
    if (random() < 0.1) return { ...input, ...record(() => pick(ODD_KEYS), wild) };
    return input;
  };
}
