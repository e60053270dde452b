import { threat } from './line.ts';

const FINDERS = 'src/privacy/detectors.ts';
const REDACTOR = 'src/privacy/redactor.ts';
const STEP = 'src/gateway/redact.ts';
const CLEANED = 'src/gateway/cleaned.ts';
const SECRETS_TEST = 'test/unit/privacy/find-secrets.test.ts';
const NUMBERS_TEST = 'test/unit/privacy/find-numbers.test.ts';
const REDACTOR_TEST = 'test/unit/privacy/redactor.test.ts';
const STEP_TEST = 'test/unit/gateway/redact.test.ts';
const FAILURES_TEST = 'test/unit/gateway/redact-failures.test.ts';

export const personalData = threat('an agent is given personal data and secrets', [
  [
    'keys and tokens',
    [FINDERS, 'secret: findSecrets', 'secret: () => []'],
    [SECRETS_TEST, 'secret > finds AKIA'],
  ],
  [
    'keys of WorkOS',
    [FINDERS, 'workos_key: findWorkosKeys', 'workos_key: () => []'],
    [SECRETS_TEST, 'workos_key > finds sk_live_'],
  ],
  ['JSON Web Tokens', [FINDERS, 'jwt: findJwts', 'jwt: () => []'], [SECRETS_TEST, 'jwt > finds eyJ']],
  [
    'bank accounts',
    [FINDERS, 'iban: findIbans', 'iban: () => []'],
    ['test/unit/privacy/find-iban.test.ts', 'iban > finds DE89370400440532013000'],
  ],
  [
    'payment cards',
    [FINDERS, 'card: findCards', 'card: () => []'],
    [NUMBERS_TEST, 'card > finds 4111111111111111'],
  ],
  [
    'social security numbers',
    [FINDERS, 'ssn: findSsns', 'ssn: () => []'],
    [NUMBERS_TEST, 'ssn > finds 123-45-6789'],
  ],
  [
    'numbers in the digits of another script',
    [
      FINDERS,
      'skeletonOf(original)',
      '{ text: original, range: (start: number, end: number) => [start, end] }',
    ],
    [NUMBERS_TEST, 'card > finds ٤'],
  ],
  [
    'a password in a field of that name',
    ['src/privacy/policy.ts', "'*password', ", ''],
    ['test/unit/privacy/policy.test.ts', 'profiles > balanced knows fields by their names: {"password"'],
  ],
  [
    'a field that stands deeper than a path rule thinks',
    [
      'src/privacy/paths.ts',
      "if (segment === 'any') return [place];",
      "if (segment === 'any') return [place + 1];",
    ],
    ['test/unit/privacy/paths.test.ts', 'path rules > **.email'],
  ],
  [
    'values as keys of a map',
    [REDACTOR, 'name: covers(key, false, (kind) => kinds.push(kind))', 'name: key'],
    [REDACTOR_TEST, 'values > have keys covered too'],
  ],
  [
    'a server whose owner chose nothing',
    [
      'src/privacy/policy.ts',
      "DEFAULT_PROFILE: ProfileName = 'balanced'",
      "DEFAULT_PROFILE: ProfileName = 'off'",
    ],
    [STEP_TEST, 'a result > has covered values for an agent'],
  ],
  [
    'an agent that asks for the open values',
    [CLEANED, "caller.kind === 'agent' || redacted === true", "redacted ?? caller.kind === 'agent'"],
    [STEP_TEST, 'a result > can not be had open by an agent'],
  ],
  [
    'values in progress and in questions',
    [STEP, 'withCleanWords(call, wordsCoverer(privacy))', 'call'],
    [STEP_TEST, 'what is said besides > is covered for an agent'],
  ],
  [
    'values in errors',
    [STEP, 'return cleanErrors(wordsCoverer(privacy));', 'return cleanErrors((text) => text);'],
    [STEP_TEST, 'what is said besides > is covered in errors made before the tool runs'],
  ],
  [
    'a result that can not be looked at',
    [
      STEP,
      'closed(CHECK, () => redactOutcome(redactorOf(privacy), outcome))',
      '(() => { try { return redactOutcome(redactorOf(privacy), outcome); } catch { return outcome; } })()',
    ],
    [FAILURES_TEST, 'redaction that fails > for want of a policy'],
  ],
  [
    'a document that the person hands to their agent',
    ['src/vscode/events/read-events.ts', '        redacted,\n', ''],
    ['test/unit/vscode/events/events.test.ts', 'security events that are read as agents see them'],
  ],
  [
    'a key of a record that is a name, kept in the audit trail as the path to what was covered',
    [REDACTOR, "at.data ? '*' : ", ''],
    [REDACTOR_TEST, 'values > are told of by a path without the keys'],
  ],
  [
    'a client that calls itself by an address and a key, kept in records and logs',
    ['src/gateway/clean-client.ts', 'name: clean(name)', 'name'],
    ['test/unit/mcp/calls.test.ts', 'is from a client without what its name gives away'],
  ],
]);
