import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS, CONTEXT, VIEWS } from '../../../src/vscode/ids.ts';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}
interface Walkthrough {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly icon: string;
  readonly steps: readonly Step[];
}

const textOf = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const { contributes } = JSON.parse(textOf('package.json')) as {
  contributes: { walkthroughs: Walkthrough[] };
};
const english = JSON.parse(textOf('package.nls.json')) as Record<string, string>;
const [walkthrough] = contributes.walkthroughs;
const steps = walkthrough?.steps ?? [];
const commands = new Set<string>([
  ...Object.values(COMMANDS),
  ...Object.values(VIEWS).map((view) => `${view}.focus`),
  'workbench.action.chat.open',
]);
const events = new Set([
  ...[...commands].map((command) => `onCommand:${command}`),
  ...Object.values(CONTEXT).map((key) => `onContext:${key}`),
]);
const read = (text: string) => english[text.slice(1, -1)] ?? '';

describe('the walkthrough', () => {
  it('leads from the sample account to browsing', () => {
    expect(contributes.walkthroughs.map(({ id }) => id)).toEqual(['workos.start']);
    expect(steps.map(({ id }) => id)).toEqual(['sample', 'ask', 'key', 'browse']);
  });

  it('has every text in package.nls.json', () => {
    const texts = [
      walkthrough?.title ?? '',
      walkthrough?.description ?? '',
      ...steps.flatMap(({ title, description, media }) => [title, description, media.altText]),
    ];
    for (const text of texts) {
      expect(text).toMatch(/^%walkthrough\.[a-z.]+%$/u);
      expect(read(text).length).toBeGreaterThan(3);
    }
    const keys = Object.keys(english).filter((key) => key.startsWith('walkthrough.'));
    expect(new Set(keys.map((key) => `%${key}%`))).toEqual(new Set(texts));
  });

  it.each(steps)(
    '$id has a button, and is done by commands and contexts there are',
    ({ description, completionEvents }) => {
      const links = [...read(description).matchAll(/\]\(command:([\w.]+)(?:\?([^)]*))?\)/gu)];
      expect(links.length).toBeGreaterThan(0);
      for (const [, command = '', args] of links) {
        expect(commands).toContain(command);
        expect(() => JSON.parse(decodeURIComponent(args ?? '{}')) as unknown).not.toThrow();
      }
      expect(completionEvents.length).toBeGreaterThan(0);
      for (const event of completionEvents) expect(events).toContain(event);
    },
  );

  it.each(steps)('$id has a drawing in the theme’s colours, without words and links', ({ media }) => {
    const svg = textOf(media.svg);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /u);
    expect(svg).not.toMatch(/<text|<script|<image|<foreignObject|href|url\(|\son\w+=/u);
    // The webview's content policy drops style elements and attributes.
    expect(svg).not.toMatch(/<style|\sstyle=|\sclass=/u);
    const colours = [...svg.matchAll(/(?:fill|stroke)="(?!none)([^"]+)"/gu)].map(([, colour]) => colour);
    expect(colours.length).toBeGreaterThan(5);
    for (const colour of colours) expect(colour).toMatch(/^var\(--vscode-[\w-]+,#[0-9a-f]{6}\)$/u);
    const shapes = svg.match(/<(?:rect|circle|path) [^>]*>/gu) ?? [];
    for (const shape of shapes) expect(shape).toContain(' fill="');
  });
});
