import { shortLine } from '../../shared/text.ts';
import { text as markdownText } from './markdown.ts';

export { cleanLine, cutText } from '../../shared/text.ts';

const LONGEST_LABEL = 200;

/** Third-party text fit for a label, a notification or a dialog: one short line in which `[text](link)` is no link. */
export function cleanLabel(text: string): string {
  return shortLine(text, LONGEST_LABEL).replaceAll('](', '] (');
}

/** A label for pickers, where `$(name)` would show an icon. */
export function pickerLabel(text: string): string {
  return cleanLabel(text).replaceAll('$(', '$ (');
}

/** Third-party text inside the Markdown of a tooltip: nothing in it is more than text. */
export function cleanMarkdown(text: string): string {
  return markdownText(text, LONGEST_LABEL);
}
