/** What can be recognised in a text. Where two overlap, the earlier one has it. */
export const DETECTOR_NAMES = [
  'secret',
  'workos_key',
  'jwt',
  'iban',
  'card',
  'ssn',
  'email',
  'phone',
] as const;

export type DetectorName = (typeof DETECTOR_NAMES)[number];

/** What a mask stands for: what a detector recognised, or a field that a path rule names. */
export type Kind = DetectorName | 'field';

/** `mask` leaves nothing, `partial` a hint (`j***@acme.com`), `hash` what is the same for equal values in this process. */
export type Mode = 'off' | 'mask' | 'partial' | 'hash';

/**
 * Texts and numbers at this path and below. Segments are parted by dots: `**` is any number of them, `*` one or any part
 * of one; a place in a list is a segment too. Names are compared without case, `_`, `-` and spaces. The last rule wins.
 */
export interface PathRule {
  readonly path: string;
  /** `off` exempts from the detectors. */
  readonly mode: Mode;
  readonly as?: Kind;
}

/** What callers who get redacted results see. */
export interface PrivacyPolicy {
  readonly detectors: Readonly<Record<DetectorName, Mode>>;
  readonly paths: readonly PathRule[];
}

function masked(as: Kind, ...names: readonly string[]): PathRule[] {
  return names.map((name) => ({ path: `**.${name}`, mode: 'mask', as }));
}

const CREDENTIAL_FIELDS: readonly PathRule[] = [
  ...masked('secret', '*password', '*passwd', '*passphrase', '*secret', '*apikey', '*privatekey'),
  ...masked('secret', '*accesstoken', '*refreshtoken', '*authtoken', '*secretkey', '*accesskey'),
  ...masked('ssn', 'ssn', '*socialsecuritynumber', '*socialsecurityno'),
  ...masked('card', '*cardnumber', 'cvv', 'cvc'),
];

const PERSONAL_FIELDS: readonly PathRule[] = [
  ...masked('phone', '*phone', '*phonenumber', '*phones', '*mobile', '*cellphone', 'tel', 'fax'),
  ...masked('field', '*birthdate', '*dateofbirth', 'dob', '*birthday', '*homeaddress', '*passportnumber'),
];

const NEVER_SHOWN = {
  secret: 'mask',
  workos_key: 'mask',
  jwt: 'mask',
  iban: 'mask',
  card: 'mask',
  ssn: 'mask',
} as const;

/** The profiles to choose from. `balanced` leaves work emails and phones: who is in a directory is what is asked for. */
export const PROFILES = {
  strict: {
    detectors: {
      ...NEVER_SHOWN,
      email: 'partial',
      phone: 'mask',
    },
    paths: [...CREDENTIAL_FIELDS, ...PERSONAL_FIELDS],
  },
  balanced: {
    detectors: {
      ...NEVER_SHOWN,
      email: 'off',
      phone: 'off',
    },
    paths: CREDENTIAL_FIELDS,
  },
  off: {
    detectors: {
      secret: 'off',
      workos_key: 'off',
      jwt: 'off',
      iban: 'off',
      card: 'off',
      ssn: 'off',
      email: 'off',
      phone: 'off',
    },
    paths: [],
  },
} as const satisfies Record<string, PrivacyPolicy>;

export type ProfileName = keyof typeof PROFILES;

/** What agents get unless somebody chooses otherwise. */
export const DEFAULT_PROFILE: ProfileName = 'balanced';

/** Narrows a word to a profile. */
export function isProfileName(word: string): word is ProfileName {
  return Object.hasOwn(PROFILES, word);
}
