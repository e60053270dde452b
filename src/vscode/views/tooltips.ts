import { cleanMarkdown } from '../text/clean-text.ts';

/** What a tooltip says. Labels are ours; every other text may come from the account. */
export interface TooltipContent {
  readonly title: string;
  /** Label and value; lines without a value are left out. */
  readonly lines: readonly (readonly [label: string, value: string | undefined])[];
  /** What is wrong, in words. */
  readonly findings?: readonly string[];
}

/** The Markdown of a tooltip, in which nothing of the account is more than text. */
export function tooltipMarkdown({ title, lines, findings = [] }: TooltipContent): string {
  const facts = lines.flatMap(([label, value]) => {
    const text = value === undefined ? '' : cleanMarkdown(value);
    return text === '' ? [] : [`${cleanMarkdown(label)}: ${text}`];
  });
  const wrong = findings.map((finding) => `- ${cleanMarkdown(finding)}`);
  return [`**${cleanMarkdown(title)}**`, wrong.join('\n'), facts.join('  \n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A list of names as one line: the first few, and how many more there are. */
export function firstFew(names: readonly string[], few: number): string {
  const shown = names.slice(0, few).join(', ');
  return names.length > few ? `${shown} +${names.length - few}` : shown;
}
