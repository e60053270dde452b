import { threat } from './line.ts';

const HIDDEN = 'src/untrusted/hidden.ts';
const MARKUP = 'src/untrusted/markup.ts';
const TEXT = 'src/untrusted/defuse-text.ts';
const RESULT = 'src/untrusted/defuse-result.ts';
const STEP = 'src/gateway/defuse.ts';
const TEXT_TEST = 'test/unit/untrusted/defuse-text.test.ts';
const STEP_TEST = 'test/unit/gateway/defuse.test.ts';
const DATA_TEST = 'test/contract/hostile-data.test.ts';
/** Where the pattern of what is not seen begins. */
const UNSEEN = '})[\\p{Cc}\\p{Cf}';
const seen = (what: string) => `}|[${what}])[\\p{Cc}\\p{Cf}`;

export const injection = threat('text of a tenant gives orders to the model', [
  [
    'orders in tag characters, which nobody sees',
    [HIDDEN, UNSEEN, seen(String.raw`\u{E0000}-\u{E007F}`)],
    [TEXT_TEST, 'a text > with tag characters'],
  ],
  [
    'text turned around by bidi controls',
    [HIDDEN, UNSEEN, seen(String.raw`\u202A-\u202E\u2066-\u2069`)],
    [TEXT_TEST, 'a text > with bidi overrides'],
  ],
  [
    'words parted by zero-width characters',
    [HIDDEN, UNSEEN, seen(String.raw`\u200B\u2060\uFEFF`)],
    [TEXT_TEST, 'a text > with zero-width characters'],
  ],
  [
    'hidden characters as HTML entities',
    [HIDDEN, '.replace(ENTITY, shownEntity)', ''],
    [TEXT_TEST, 'a text > with entities reads'],
  ],
  [
    'orders to a terminal (ANSI)',
    [HIDDEN, "text.replace(TERMINAL_ORDER, '')", 'text'],
    [TEXT_TEST, 'a text > with a colour reads'],
  ],
  [
    'lines that look like a message of their own',
    [HIDDEN, ".replace(BREAKS, ' ').replace(ENTITY", '.replace(ENTITY'],
    [TEXT_TEST, 'a text > with lines reads'],
  ],
  [
    'an image that carries what the model knows to an address',
    [MARKUP, String.raw`[/!(?=\[)/gu, '! '],`, ''],
    [TEXT_TEST, 'a text > with an image reads'],
  ],
  [
    'the end of the tool result, spoofed, and a system message behind it',
    [MARKUP, String.raw`[/<(?=[a-z/!?|\uFF5C])/giu, '‹'],`, ''],
    [TEXT_TEST, 'a text > with a closing tag'],
  ],
  [
    'the mark by which a model tells who speaks',
    [MARKUP, String.raw`[a-z/!?|\uFF5C]`, '[a-z/!?]'],
    [TEXT_TEST, 'a text > with the mark of a speaker reads'],
  ],
  [
    'the end of a code fence',
    [MARKUP, "[/`{3,}/gu, \"'''\"],", ''],
    [TEXT_TEST, 'a text > with a fence reads'],
  ],
  [
    'an attack that appears when another is taken out',
    [TEXT, 'if (first === text) return text;', 'return first;'],
    [TEXT_TEST, 'a text > with an entity put together by what is taken away'],
  ],
  [
    'a number that the cut halves, so that no detector knows it',
    [TEXT, 'withoutOpenEnd(whole.slice(0, LONGEST_TEXT))', 'whole.slice(0, LONGEST_TEXT)'],
    [TEXT_TEST, 'a long text > never ends within 123-45-6789'],
  ],
  [
    'the keys of a map',
    [RESULT, 'unused(this.#text(key), shown)', 'unused(key, shown)'],
    ['test/unit/untrusted/defuse-result.test.ts', 'a result > has every text and every key'],
  ],
  [
    'what a tool answers',
    [STEP, 'defuseResult(draft.value)', '{ value: draft.value, altered: false }'],
    [STEP_TEST, 'a result > is harmless for an agent'],
  ],
  [
    'orders in another language: they stay, so the answer says that they are data',
    [STEP, 'data, never instructions.', 'data.'],
    [DATA_TEST, 'multilingual > in every text of the account'],
  ],
  [
    'orders as base64, in which nothing had to be changed',
    [STEP, '!altered && !holdsThirdPartyText(value, said)', '!altered'],
    [DATA_TEST, 'base64 > in every text of the account'],
  ],
  [
    'names in progress and in questions to the person',
    [STEP, 'withCleanWords(call, defuseText)', 'call'],
    [STEP_TEST, 'what is said besides > is harmless for an agent'],
  ],
  [
    'names in errors',
    [STEP, 'cleanErrors(defuseText)', 'cleanErrors((text) => text)'],
    [STEP_TEST, 'what is said besides > is harmless in errors made before the tool runs'],
  ],
  [
    'an entity within a number, which nobody knows before it is taken out',
    [
      'src/gateway/gateway.ts',
      'redact: redact(privacy),\n    defuse,',
      'defuse,\n    redact: redact(privacy),',
    ],
    [STEP_TEST, 'a result > is defused before anything is covered'],
  ],
]);
