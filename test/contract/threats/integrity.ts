import { threat } from './line.ts';

const PRUNE = 'src/audit/prune.ts';
const PRUNED = 'src/audit/verify/pruned.ts';
const CHOOSE = 'src/audit/evidence/choose.ts';
const PRUNE_TEST = 'test/unit/audit/pruning.test.ts';
const CHOOSE_TEST = 'test/unit/audit/evidence.test.ts';
const LITTER_TEST = 'test/unit/audit/unverifiable.test.ts';
const LITTERED: readonly [string, string] = [
  LITTER_TEST,
  'what is no key, no checkpoint or no file > hides neither',
];

export const integrity = threat('what is missing is explained away', [
  [
    'a line that looks old has a deleted chain signed away as pruned',
    [
      PRUNE,
      'if (check.problem !== undefined || missingPart(check, ends) !== undefined) return name;',
      "if (check.problem !== undefined) return { files, whole: true, head: { chain_id: '0b6f3b1e-7a53-4c0e-9d1f-2a4c6e8f0a1b', seq: 0, hash: '' } };",
    ],
    [PRUNE_TEST, 'what looks old > is not signed away'],
  ],
  [
    'an old chain whose end was cut off is removed with its checkpoint',
    [PRUNE, '|| missingPart(check, ends) !== undefined', ''],
    [PRUNE_TEST, 'what looks old > stays when its end is missing'],
  ],
  [
    'a chain under another key is pruned',
    [PRUNE, ' || check.session.certificate.issuer !== own', ''],
    [PRUNE_TEST, 'what looks old > stays when its end is missing, and when another key'],
  ],
  [
    'a prune of old records excuses that young ones are gone',
    [PRUNED, 'known.time < cut.before &&', 'true &&'],
    [PRUNE_TEST, 'a chain that has gone > is excused only by what removed older'],
  ],
  [
    'a beginning is said to be pruned that was too young',
    ['src/audit/verify/ends.ts', 'head.seq > begin || head.time < before', 'true'],
    [PRUNE_TEST, 'a beginning that was pruned > is missed where'],
  ],
  [
    'a stranger whose key was put into keys/ excuses a deleted chain',
    [PRUNED, 'return named || cut.issuer === issuer;', 'return true;'],
    [PRUNE_TEST, 'a chain that has gone > is not excused by a stranger'],
  ],
  [
    'a chain that nobody vouches for excuses a deleted chain',
    [
      'src/audit/verify/chain.ts',
      'problem === undefined && session?.certified === true ? cutsOf(records, session) : []',
      'session === undefined ? [] : cutsOf(records, session)',
    ],
    [PRUNE_TEST, 'a chain that has gone > is not excused by a chain that was tampered with'],
  ],
  [
    'what accounts for a beginning that was pruned goes before the rest does',
    [PRUNE, 'if (pruned.some(({ chain_id }) => here.has(chain_id) || known.has(chain_id))) continue;', ''],
    [PRUNE_TEST, 'a beginning that was pruned > stays accounted for'],
  ],
  [
    'a chain is kept out of evidence by other times in its records',
    [CHOOSE, '!verifies || ', ''],
    [CHOOSE_TEST, 'a bundle for an auditor > has a chain that was tampered with, though all times'],
  ],
  [
    'a chain is kept out of evidence by cutting off its end',
    [CHOOSE, ' || vouched.has(chainId)', ''],
    [CHOOSE_TEST, 'a bundle for an auditor > has a chain that was tampered with, though the end'],
  ],
  [
    'it is, and its checkpoint is removed',
    [CHOOSE, ' || touched >= since', ''],
    [CHOOSE_TEST, 'a bundle for an auditor > has a chain that only its file'],
  ],
  [
    'it is, and its checkpoint is spoilt',
    [CHOOSE, 'known === undefined || known.time >= since', '(known?.time ?? "") >= since'],
    [CHOOSE_TEST, 'a bundle for an auditor > has a chain that only its file'],
  ],
  [
    'junk among the keys keeps everything from being verified',
    [
      'src/audit/verify/keys.ts',
      "ignored.push(thrown instanceof Unverifiable ? thrown.message : `${file} can't be read.`);",
      'throw thrown;',
    ],
    LITTERED,
  ],
  [
    'half a character in a checkpoint does',
    [
      'src/audit/verify/checkpoints.ts',
      "return 'not a checkpoint';\n  }\n}",
      "throw new Error('half');\n  }\n}",
    ],
    LITTERED,
  ],
  [
    'a directory with the name of an audit file does',
    [
      'src/audit/verify/files.ts',
      'hasChainName(name) && isFile(join(directory, name));',
      'hasChainName(name);',
    ],
    LITTERED,
  ],
]);
