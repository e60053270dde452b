/** A sample of Prometheus' text format. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: Sample[];
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/u;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\["\\n])*)"(?:,|$)/uy;

/** Reads the text format strictly, version 0.0.4: throws at whatever a scraper would not take. */
export function parseExposition(text: string) {
  if (!text.endsWith('\n')) throw new Error('The last line does not end.');
  const families: Family[] = [];
  for (const line of text.slice(0, -1).split('\n')) {
    const [, help, words = ''] = /^# HELP (\S+) (.+)$/u.exec(line) ?? [];
    const [, typed, type = ''] = /^# TYPE (\S+) (counter|gauge|histogram)$/u.exec(line) ?? [];
    const family = families.at(-1);
    if (help !== undefined) families.push({ name: help, type: '', help: words, samples: [] });
    else if (typed !== undefined) {
      if (family?.name !== typed) throw new Error(`TYPE without HELP: ${line}`);
      families[families.length - 1] = { ...family, type };
    } else family?.samples.push(sampleOf(line, family.name));
  }
  const names = families.map(({ name }) => name);
  if (new Set(names).size !== names.length) throw new Error('A family comes twice.');
  const all = families.flatMap(({ samples }) => samples);
  const keys = all.map(({ name, labels }) => keyOf(name, labels));
  if (new Set(keys).size !== keys.length) throw new Error('A sample comes twice.');
  return {
    families,
    value: (name: string, labels: Sample['labels']): number | undefined =>
      all[keys.indexOf(keyOf(name, labels))]?.value,
  };
}

function keyOf(name: string, labels: Sample['labels']): string {
  const pairs = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([name, pairs]);
}

function sampleOf(line: string, family: string): Sample {
  const [, name, text = '', value] = SAMPLE.exec(line) ?? [];
  if (name === undefined || !new RegExp(`^${family}(?:_bucket|_sum|_count)?$`, 'u').test(name))
    throw new Error(`No sample of ${family}: ${line}`);
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const [, label, escaped] = LABEL.exec(text) ?? [];
    if (label === undefined || escaped === undefined) throw new Error(`Odd labels: ${line}`);
    labels[label] = escaped.replaceAll(/\\(["\\n])/gu, (_, mark: string) => (mark === 'n' ? '\n' : mark));
  }
  const number = Number(value === '+Inf' ? 'Infinity' : value);
  if (Number.isNaN(number)) throw new Error(`No number: ${line}`);
  return { name, labels, value: number };
}
