import { threat } from './line.ts';

const GUARD = 'src/mcp/http-guard.ts';
const HTTP_TEST = 'test/contract/tokens-http.test.ts';
const RECORD_CALLS = 'src/audit/record-calls.ts';
const NOTES = 'src/gateway/call-notes.ts';
const OPEN = 'src/cli/open-gateway.ts';
const GOVERNANCE = 'src/cli/governance.ts';
const CALLS_TEST = 'test/unit/audit/record-calls.test.ts';
const CONTENT_TEST = 'test/unit/audit/call-content.test.ts';
const EVENTS_TEST = 'test/contract/audit-events.test.ts';

export const unrecorded = threat('something leaves no record, or a record tells too much', [
  [
    'a change while nothing can be recorded',
    [RECORD_CALLS, 'if (intent === undefined && !reads) throw unrecorded();', ''],
    [CALLS_TEST, 'when nothing can be recorded > reading goes on, and no change is made'],
  ],
  [
    'a call whose process ends before it is recorded',
    [
      'src/gateway/record.ts',
      'after = await before?.(call, number);\n        return next(call);',
      'const done = await next(call);\n        after = await before?.(call, number);\n        return done;',
    ],
    [CALLS_TEST, 'a call > does not run before it is written'],
  ],
  [
    'what came of a change whose process ends once it is answered',
    [RECORD_CALLS, '          !reads,\n', ''],
    [CALLS_TEST, 'a call > that changes the account is recorded whole'],
  ],
  [
    'records that a full disk swallowed',
    ['src/audit/recorder.ts', 'gap.note((draft) => void writer.write(draft));', ''],
    ['test/unit/audit/full-disk.test.ts', 'a disk that is full > leaves whole records, with'],
  ],
  [
    'a request that nobody answers',
    [
      'src/egress/exchange.ts',
      'const answered = tell(sent.method, url);\n    const answer = await exchange(url, sent);',
      'const answer = await exchange(url, sent);\n    const answered = tell(sent.method, url);',
    ],
    [CONTENT_TEST, 'of a call is recorded > a request that nothing came back of'],
  ],
  [
    'a yes at the client',
    ['src/gateway/record.ts', "notes.approval({ state: yes ? 'given' : 'denied', by });", ''],
    [CONTENT_TEST, 'of a change that takes a yes is recorded > that it was'],
  ],
  [
    'a yes under a code',
    ['src/gateway/approve.ts', "return noteApproval({ state: 'given', ...taken });", 'return;'],
    [CONTENT_TEST, 'of a change that takes a yes is recorded > under which code'],
  ],
  [
    'a stop',
    [GOVERNANCE, 'if (stop !== undefined) await events.killed(whoStopped(stop));', ''],
    [EVENTS_TEST, 'a stop > is the last thing every server records'],
  ],
  [
    'a stop that waits for a passphrase',
    ['src/cli/record-done.ts', "if (locked === 'skip' && passphraseIsMissing(openStateDir())) return;", ''],
    [EVENTS_TEST, 'a stop > asks for no passphrase'],
  ],
  [
    'a start under other rules',
    ['src/cli/audit-trail.ts', 'if (from !== undefined && from !== digest)', 'if (false)'],
    ['test/unit/cli/audit-trail.test.ts', 'a start under other rules than the last one'],
  ],
  [
    'a start that a lockfile refused',
    [OPEN, 'if (thrown instanceof LockRefusal)', 'if (false)'],
    [EVENTS_TEST, 'a start that a lockfile refuses'],
  ],
  [
    'a token that is tried after it expired',
    ['src/audit/record-expired.ts', 'if (!told.has(token.id))', 'if (false)'],
    [EVENTS_TEST, 'a token that expired'],
  ],
  [
    'knocking with tokens that are none',
    ['src/mcp/http-guard.ts', 'gate?.refused(presented?.ended ?? none);', ''],
    [EVENTS_TEST, 'who comes without a valid token'],
  ],
  [
    'knocking in a loop until the disk is full',
    ['src/audit/record-refusals.ts', 'if (since === undefined) say(why, 1);', 'if (true) say(why, 1);'],
    ['test/unit/audit/record-refusals.test.ts', 'requests that are refused are told of once a minute'],
  ],
  [
    'arguments that can be guessed from their digest',
    ['src/audit/describe-values.ts', "createHmac('sha256', key)", "createHmac('sha256', '')"],
    [CALLS_TEST, 'a call > of the same arguments has the same digest in one chain'],
  ],
  [
    'a name that stands in a path',
    [NOTES, "WORDS.has(part) || isMadeId(part) ? part : ':id'", 'part'],
    [CONTENT_TEST, 'of a call is recorded > no name that a tenant chose'],
  ],
  [
    'a secret in a header of an answer',
    [NOTES, 'requestId !== null && isRequestId(requestId)', 'requestId !== null'],
    [CONTENT_TEST, 'of a call is recorded > no header of an answer'],
  ],
  [
    'a second token beside the one in the path, under which nothing is recorded',
    [GUARD, 'if (headers.length > 1 || differ) return', 'if (headers.length > 1) return'],
    [HTTP_TEST, 'in the path > /GOOD/mcp, header Bearer OTHER'],
  ],
  [
    'a second token in a second header',
    [GUARD, 'if (headers.length > 1 || differ) return', 'if (differ) return'],
    [HTTP_TEST, 'in the header > shown twice'],
  ],
]);
