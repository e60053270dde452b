// The README's table of tools, made from the registry. `npm run docs` writes it; a test fails when it is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { tools } from '../src/tools/registry.ts';

const README = new URL('../README.md', import.meta.url);
const BEGIN = '<!-- tools:begin (npm run docs) -->';
const END = '<!-- tools:end -->';

/** The README with the table between its markers replaced by the current one. Throws if a marker is missing. */
export function withToolTable(readme: string): string {
  const [before, rest] = split(readme, BEGIN);
  const [, after] = split(rest, END);
  return `${before}${BEGIN}\n${toolTable()}\n${END}${after}`;
}

function toolTable(): string {
  const rows = Object.values(tools).map(({ name, description, input }) => {
    const { properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input' });
    const fields = Object.keys(properties).map((field) =>
      required.includes(field) ? `**${field}**` : field,
    );
    const [what] = description.split(/(?<=\.) /u);
    return `| \`${name}\` | ${what} | ${fields.join(', ')} |`;
  });
  return ['| Tool | Answers | Takes (**required**) |', '| --- | --- | --- |', ...rows].join('\n');
}

function split(text: string, marker: string): [string, string] {
  const at = text.indexOf(marker);
  if (at < 0) throw new Error(`README.md lacks the line ${marker}`);
  return [text.slice(0, at), text.slice(at + marker.length)];
}

if (import.meta.main) writeFileSync(README, withToolTable(readFileSync(README, 'utf8')));
