/** The first that matches names the browser: later ones stand in the user agents of earlier ones. */
const BROWSERS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Edge', /Edg(?:A|iOS)?\/([\d.]+)/u],
  ['Opera', /OPR\/([\d.]+)/u],
  ['Samsung Internet', /SamsungBrowser\/([\d.]+)/u],
  ['Firefox', /(?:Firefox|FxiOS)\/([\d.]+)/u],
  ['Chrome', /(?:Chrome|CriOS)\/([\d.]+)/u],
  ['Safari', /Version\/([\d.]+).*Safari\//u],
];

const SYSTEMS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['iOS', /iPhone|iPad|iPod/u],
  ['Android', /Android/u],
  ['ChromeOS', /CrOS/u],
  ['macOS', /Mac OS X|Macintosh/u],
  ['Windows', /Windows/u],
  ['Linux', /Linux/u],
];

const LONGEST = 100;

/** `Chrome 141 on macOS` for the usual browsers, which say it in four times the words; anything else as it is, cut. */
export function describeUserAgent(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const system = SYSTEMS.find(([, pattern]) => pattern.test(text))?.[0];
  for (const [name, pattern] of BROWSERS) {
    const major = pattern.exec(text)?.[1]?.split('.')[0];
    if (text.startsWith('Mozilla/') && major !== undefined && system !== undefined)
      return `${name} ${major} on ${system}`;
  }
  return text.slice(0, LONGEST);
}
