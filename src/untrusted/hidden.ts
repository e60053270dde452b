const ESC = '\u001B';
const BELL = '\u0007';

/** Orders to a terminal, whole: colours and cursor moves, titles and links, and any other escape. */
const TERMINAL_ORDER = new RegExp(
  [
    String.raw`(?:${ESC}\[|\u009B)[0-?]*[ -/]*[@-~]`,
    String.raw`(?:${ESC}[\]PX^_]|[\u0090\u0098\u009D-\u009F])[^${BELL}${ESC}\u009C]*(?:${BELL}|${ESC}\\|\u009C)`,
    String.raw`${ESC}[ -/]*[0-~]`,
  ].join('|'),
  'gu',
);

/** What begins a new line or column. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;

/** The flags of England, Scotland and Wales: the only use that tag characters have. */
const TAG_FLAG = String.raw`\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}`;
const PICTURE = String.raw`\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|[\uFE0E\uFE0F])?`;
/** One picture, or several joined into one as a family is; the longest there are have four. */
const EMOJI = String.raw`${PICTURE}(?:\u200D${PICTURE}){0,5}`;
const KEYCAP = String.raw`[0-9#*]\uFE0F\u20E3`;
/** Scripts in whose words a joiner or non-joiner changes what a reader sees. */
const JOINING_SCRIPTS = [
  'Arabic',
  'Syriac',
  'Nko',
  'Mandaic',
  'Mongolian',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Khmer',
  'Myanmar',
]
  .map((script) => String.raw`\p{Script=${script}}`)
  .join('');
const JOINING_LETTER = String.raw`(?=[\p{L}\p{M}])[${JOINING_SCRIPTS}]`;
/** Signs that take the vowel from an Indic consonant; a joiner after one may end a word. */
const VIRAMA = String.raw`[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA]`;
const JOINER = String.raw`(?<=${JOINING_LETTER})[\u200C\u200D](?=${JOINING_LETTER})|(?<=${VIRAMA})\u200D(?![\u200B-\u200D])`;
/** Format characters that are seen: Arabic, Syriac and Kaithi signs that stand before numbers. */
const SEEN_FORMATS = String.raw`[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}]`;
const UNSEEN = String.raw`(?!${SEEN_FORMATS})[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\uFFFC]`;
/** What is seen, or changes what is, comes first: it is passed over whole. */
const SEEN_OR_UNSEEN = new RegExp(`(${[TAG_FLAG, EMOJI, KEYCAP, JOINER].join('|')})|${UNSEEN}`, 'gu');

/** A text without any of these hides nothing; to look for them is much cheaper than to take them away. */
const SUSPECT = new RegExp(String.raw`&|\u2800|\p{M}{7}|${UNSEEN}`, 'u');

/** A tower of marks over one letter; living scripts stack fewer than these. */
const TOWER = /(\p{M}{6})\p{M}+/gu;
/** Braille's blank, which is its space. */
const BLANK = /\u2800/gu;

/** Named and numbered entities for characters that are not seen, also encoded twice; numbers and `shy` need no semicolon. */
const ENTITY =
  /&(?:amp;)*(?:#(?:x0*([0-9a-f]{1,6})|0*(\d{1,7}));?|shy;?|(?:zwn?j|[lr]rm|zerowidthspace|negative(?:verythin|thin|medium|thick)space|nobreak|af|applyfunction|i[tc]|invisible(?:times|comma)|tab|newline);)/giu;
const LARGEST_CODE_POINT = 0x10ffff;

/**
 * A text as one line without what is not seen: orders to a terminal, bidi controls, zero-width characters, tags,
 * selectors, fillers, halves of pairs, private characters, and HTML entities that stand for any of them. Emoji, flags and
 * the joiners of scripts that need them stay.
 */
export function withoutHidden(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return withoutUnseen(text.replace(TERMINAL_ORDER, '').replace(BREAKS, ' ').replace(ENTITY, shownEntity))
    .replace(BLANK, ' ')
    .replace(TOWER, '$1');
}

function withoutUnseen(text: string): string {
  return text.replace(SEEN_OR_UNSEEN, (_found, seen: string | undefined) => seen ?? '');
}

/** An entity as it is when it stands for something that is seen. */
function shownEntity(entity: string, hex: string | undefined, decimal: string | undefined): string {
  if (hex === undefined && decimal === undefined) return '';
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (code > LARGEST_CODE_POINT) return entity;
  const character = String.fromCodePoint(code);
  const shown = withoutUnseen(character.replace(BREAKS, ' ').replace(BLANK, ' '));
  return shown === character ? entity : shown;
}
