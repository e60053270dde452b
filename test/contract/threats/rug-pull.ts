import { threat } from './line.ts';

const REFUSAL = 'test/contract/lock-refusal.test.ts';
const CHECK = 'src/lock/check.ts';

export const rugPull = threat('a tool changes after it was accepted', [
  [
    'a description changes in a build',
    [CHECK, 'if (changes.length > 0) {', 'if (changes.length > 1e9) {'],
    [REFUSAL, 'a bundle with a description changed after it was built > is refused over stdio'],
  ],
  [
    'a tool that writes claims to read only',
    ['src/lock/compare.ts', '!same(one, other)', 'false'],
    [
      REFUSAL,
      'a bundle with a write tool that claims to read changed after it was built > is refused over stdio',
    ],
  ],
  [
    'the instructions change',
    ['src/lock/compare.ts', "? [] : ['instructions changed']", '? [] : []'],
    [REFUSAL, 'a bundle with the instructions changed after it was built > is refused over stdio'],
  ],
  [
    'a default of the policy changes',
    ['src/lock/compare.ts', '...policy.map(', '...policy.slice(0, 0).map('],
    [REFUSAL, 'a bundle with writes to production changed after it was built > is refused over stdio'],
  ],
  [
    'a whole build is replaced, the lock inside it too',
    [CHECK, 'if (pinned !== undefined) requirePinned(pinned);', ''],
    [REFUSAL, '--lock > refuses stdio when it does not, and says what changed'],
  ],
  [
    'the pinned lockfile is taken away',
    [
      CHECK,
      'throw error instanceof LockFileError ? new LockRefusal(error.message, file, []) : error;',
      'void error; return bundledLock;',
    ],
    [REFUSAL, '--lock > refuses when the file is not there'],
  ],
]);
