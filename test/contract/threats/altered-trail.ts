import { threat } from './line.ts';

const CHAIN = 'src/audit/verify/chain.ts';
const MISPLACED = 'src/audit/verify/misplaced.ts';
const READ = 'src/audit/verify/read-record.ts';
const AUTHENTIC = 'src/audit/verify/authentic.ts';
const ENDS = 'src/audit/verify/ends.ts';
const WRITER = 'src/audit/chain-writer.ts';
const HOUSE = 'src/audit/housekeeping.ts';
const ATTACKS_TEST = 'test/unit/audit/attacks.test.ts';
const FORGERIES_TEST = 'test/unit/audit/forgeries.test.ts';
const HOUSE_TEST = 'test/unit/audit/housekeeping.test.ts';
const TRAIL_TEST = 'test/unit/audit/trail.test.ts';

export const alteredTrail = threat('the audit trail is made to tell something else', [
  [
    'a chain overwritten with something else, so that it counts as none',
    ['src/audit/verify/verify.ts', 'if (!directory && !hasChainName(path) &&', 'if (!directory &&'],
    [
      'test/unit/audit/unverifiable.test.ts',
      'unverifiable is > a file that is no chain, unless it is called as one',
    ],
  ],
  [
    'a byte is flipped',
    [READ, "if (hashOf(record) !== record.hash) return { why: 'content does not fit its hash' };", ''],
    [ATTACKS_TEST, 'a flip of any byte is seen'],
  ],
  [
    'a record is written in another form',
    [READ, 'if (!line.equals(Buffer.from(canonicalOr(record))))', 'if (false)'],
    [ATTACKS_TEST, 'takes for what it is > spaces and another order'],
  ],
  [
    'a record is deleted',
    [CHAIN, 'if (record.seq !== seq || record.prev_hash !== prevHash) return undefined;', ''],
    [ATTACKS_TEST, 'takes for what it is > a deleted record'],
  ],
  [
    'the first records are deleted',
    [ENDS, 'if (!isStart && !alone && cut.length === 0)', 'if (false)'],
    [HOUSE_TEST, 'what is too old > is removed, and the rest verifies'],
  ],
  [
    'two records are swapped',
    [MISPLACED, 'return later\n', 'return false\n'],
    [ATTACKS_TEST, 'takes for what it is > two swapped records'],
  ],
  [
    'a record is there twice',
    [MISPLACED, 'if (twice) return', 'if (false) return'],
    [ATTACKS_TEST, 'takes for what it is > a record that is there twice'],
  ],
  [
    'a line is inserted',
    [CHAIN, "if (why !== '' && fits(lines[index + 1], place))", 'if (false)'],
    [ATTACKS_TEST, 'takes for what it is > an inserted line of something else'],
  ],
  [
    'the end of another chain takes the place of the right one',
    [MISPLACED, 'if (place.chainId !== undefined && record.chain_id !== place.chainId)', 'if (false)'],
    [ATTACKS_TEST, 'takes for what it is > the end of another chain'],
  ],
  [
    'the end is cut off',
    [ENDS, 'if (wrong === undefined) return undefined;', 'return undefined;'],
    [ATTACKS_TEST, 'an end that is missing > is seen by the checkpoint'],
  ],
  [
    'all of a chain is removed',
    ['src/audit/verify/verify.ts', 'if (present.has(head.chain_id) ||', 'if (true ||'],
    [ATTACKS_TEST, 'an end that is missing > is seen by the checkpoint'],
  ],
  [
    'something is written over the end of the last line',
    ['src/audit/verify/files.ts', 'return at < rest.length - 1;', 'return false;'],
    [ATTACKS_TEST, 'an end that is missing > is an alteration'],
  ],
  [
    'a record is changed, with all hashes after it',
    [AUTHENTIC, 'if (checkSignature && !isSigned(', 'if (false && !isSigned('],
    [FORGERIES_TEST, 'forged is > a changed record whose hash was made to fit'],
  ],
  [
    'a chain is signed again with another key',
    [CHAIN, 'if (named && !key.certified)', 'if (false)'],
    [FORGERIES_TEST, 'forged is > a whole chain signed again under another master key'],
  ],
  [
    'a session key certifies itself',
    [AUTHENTIC, 'if (!isSigned(certificateText(sha256(canonical(content))), sig, master))', 'if (false)'],
    [FORGERIES_TEST, 'forged is > a certificate the master key did not sign'],
  ],
  [
    'the key is rotated to one of somebody else',
    [CHAIN, 'key.certificate.issuer !== session.certificate.issuer', 'false'],
    [FORGERIES_TEST, 'forged is > a key rotation by another master key'],
  ],
  [
    'a session key of long ago signs',
    [AUTHENTIC, 'record.time < certificate.not_before || record.time > certificate.not_after', 'false'],
    [FORGERIES_TEST, 'forged is > a record after its key ended'],
  ],
  [
    'a session key is certified for years',
    [AUTHENTIC, 'if (!(lasts >= 0 && lasts <= LONGEST_SESSION_MS))', 'if (false)'],
    [FORGERIES_TEST, 'forged is > a key for longer than 24 hours'],
  ],
  [
    'history is written again with the right key',
    [ENDS, 'hashAt(records, head.seq) !== head.hash &&', 'head.seq > last.seq &&'],
    [FORGERIES_TEST, 'forged is > a history that was written again'],
  ],
  [
    'a process runs longer than its session key holds',
    [WRITER, 'if (isOver(key, now())) renewKey();', ''],
    [TRAIL_TEST, 'a session key > is replaced before it ends'],
  ],
  [
    'a line is added while the file is written, and overwritten by the next record',
    ['src/audit/chain-file.ts', 'stat.nlink > 0 && stat.size === size', 'stat.nlink > 0'],
    [TRAIL_TEST, 'a file > that somebody adds a line to'],
  ],
  [
    'a file is moved away while it is written',
    [WRITER, '!file.isOurs() ||', 'false ||'],
    [TRAIL_TEST, 'a file > that is removed while it is written'],
  ],
  [
    'a crash leaves half a line',
    [HOUSE, 'truncateSync(path, bytes.length - torn);', ''],
    [HOUSE_TEST, 'a crash > leaves a torn line'],
  ],
  [
    'the half line of a process that is writing it is cut off',
    [HOUSE, '&& !isRunning(pid)', ''],
    [HOUSE_TEST, 'a crash > does not touch the file of a process that runs'],
  ],
  [
    'two processes write one file',
    ['src/audit/chain-file.ts', "openSync(path, 'wx', 0o600)", "openSync(path, 'a', 0o600)"],
    [TRAIL_TEST, 'a trail > gives each writer a chain and a file of its own'],
  ],
]);
