import { threat } from './line.ts';

const MARKDOWN = 'src/vscode/text/markdown.ts';
const LABEL = 'src/vscode/text/clean-text.ts';
const MARKDOWN_TEST = 'test/unit/vscode/text/markdown.test.ts';
const LABEL_TEST = 'test/unit/vscode/text/clean-text.test.ts';

export const deceivedPerson = threat('text of a tenant deceives the person', [
  [
    'a link in a document',
    [MARKDOWN, "'\\\\$&')", "'$&')"],
    [MARKDOWN_TEST, 'third-party text in Markdown > shows [click]'],
  ],
  [
    'an end of the JSON fence, and Markdown behind it',
    [MARKDOWN, "'`'.repeat(Math.max(3, longestRun(json) + 1))", "'```'"],
    [MARKDOWN_TEST, 'the JSON fence'],
  ],
  [
    'a command as the link of a notification',
    [LABEL, ".replaceAll('](', '] (')", ''],
    [LABEL_TEST, 'third-party text > makes no link of a label'],
  ],
  [
    'a formula in an exported table',
    ['src/shared/csv.ts', '.replace(INNER_FORMULA, "$&\'")', ''],
    ['test/unit/shared/csv.test.ts', 'CSV > makes "x;=1+1" harmless'],
  ],
  [
    'orders to the terminal in what a command prints',
    ['src/untrusted/terminal.ts', "(found === '\\n' ? found : escaped(found))", 'found'],
    ['test/unit/untrusted/terminal.test.ts', 'writes out what is not seen'],
  ],
]);
