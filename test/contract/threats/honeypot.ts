import { noCall } from './honeypot-no-call.ts';
import { threat } from './line.ts';

const HONEYPOT = 'src/access/honeypot.ts';
const KNOWN = 'src/access/known-decoys.ts';
const DECOYS = 'src/access/decoys.ts';
const FIND = 'src/access/find-decoys.ts';
const GUARD = 'src/mcp/http-guard.ts';
const MCP = 'src/mcp/refuse-messages.ts';
const READ = 'src/isolate/read-message.ts';
const WAY = 'src/egress/watched-http.ts';
const HONEYPOT_TEST = 'test/unit/access/honeypot.test.ts';
const DECOYS_TEST = 'test/unit/access/decoys.test.ts';
const MCP_TEST = 'test/unit/mcp/decoys.test.ts';
const BAIT_TEST = 'test/unit/isolate/bait.test.ts';
const WAY_TEST = 'test/unit/egress/watched-http.test.ts';
const REQUEST = 'an HTTP request that shows the decoy token >';
const MESSAGE = 'a message that shows a decoy >';
const SHOWN = 'the decoy key is seen when an isolate that was taken over puts it into >';

/** Ways in which a thief shows what was stolen. */
const seen = [
  [
    'the stolen token as a bearer',
    [
      GUARD,
      "return lookout?.look(rawHeaders.join('\\n'), 'the headers of an HTTP request', by) !== undefined;",
      'return false;',
    ],
    [MCP_TEST, `${REQUEST} as a bearer`],
  ],
  [
    'the stolen token in the path',
    [GUARD, "if (lookout?.look(url, 'the address of an HTTP request', by) !== undefined) return true;", ''],
    [MCP_TEST, `${REQUEST} in the path`],
  ],
  [
    'a decoy in arguments of a tool',
    ['src/gateway/look-for-decoys.ts', 'requireNoDecoy(', 'void ('],
    ['test/unit/gateway/look-for-decoys.test.ts', 'refuses a call of an agent'],
  ],
  [
    'a decoy in arguments of a prompt',
    ['src/mcp/server.ts', 'refuseMessages(transport', 'void (transport'],
    [MCP_TEST, `${MESSAGE} prompts/get`],
  ],
  [
    'a decoy beside the arguments of a tool',
    [MCP, 'lookout?.look(textsIn(envelope), place, by)', 'undefined'],
    [MCP_TEST, `${MESSAGE} tools/call`],
  ],
  [
    'the stolen key in a result',
    [READ, 'requireNoDecoy(lookout, line, placeOf(message, toolOf));', ''],
    [BAIT_TEST, `${SHOWN} a result`],
  ],
  [
    'the stolen key behind escapes',
    [FIND, 'withoutEscapes(text)', 'text'],
    [BAIT_TEST, `${SHOWN} a result, escaped`],
  ],
  [
    'a decoy in a request to WorkOS',
    [WAY, "requireNoDecoy(lookout, `${url}\\n${body}\\n${rateKey}`, 'a request to WorkOS');", ''],
    [WAY_TEST, 'a request > with a decoy in its body'],
  ],
  [
    'the stolen key, set as the key of an account',
    [WAY, "requireNoDecoy(lookout, apiKey ?? '', 'the API key that is set');", ''],
    [WAY_TEST, 'a request > under the decoy key'],
  ],
  [
    'a decoy that WorkOS says',
    [WAY, "requireNoDecoy(lookout, `${headers}\\n${answer.text}`, 'an answer of WorkOS');", ''],
    [WAY_TEST, 'what WorkOS answers > goes no further with a decoy in its text'],
  ],
  [
    'a decoy over the edge of two parts of a file',
    [WAY, 'before = text.slice(-OVERLAP);', ''],
    [WAY_TEST, 'what WorkOS answers > goes no further with a decoy over the edge'],
  ],
  [
    'a decoy in base64 in the middle of something',
    [FIND, '...[0, 1, 2].map(', '...[0].map('],
    [HONEYPOT_TEST, 'the decoy key > is seen base64 after one byte'],
  ],
  ['a decoy in hex', [FIND, '    hex,\n', ''], [HONEYPOT_TEST, 'the decoy key > is seen hex']],
  [
    'a decoy backwards',
    [FIND, "    Array.from(core).toReversed().join(''),\n", ''],
    [HONEYPOT_TEST, 'the decoy token > is seen backwards'],
  ],
  [
    'a decoy in percent signs',
    [FIND, '(plain !== text && plain.includes(form))', 'false'],
    [HONEYPOT_TEST, 'the decoy token > is seen some signs in percent signs'],
  ],
] as const;

/** What becomes of it. */
const stopped = [
  [
    'code in the isolate that finds nothing to steal',
    ['src/isolate/child.ts', 'layBait(message.bait);', ''],
    [BAIT_TEST, 'in an isolate > a thief who finds it'],
  ],
  [
    'going on after it was seen',
    [HONEYPOT, "killSwitch.kill('the honeypot', sighting);", ''],
    [HONEYPOT_TEST, 'the decoy token > is seen as it is'],
  ],
  [
    'a full disk, so that nothing can be stopped',
    [HONEYPOT, 'if (broken !== undefined) return broken;', ''],
    [HONEYPOT_TEST, 'a honeypot > stops this process'],
  ],
  [
    'the file of the decoy, taken away',
    [KNOWN, 'keepDecoys(this.#dir, this.#decoys)', 'keepDecoys(this.#dir)'],
    [HONEYPOT_TEST, 'a honeypot > knows its decoys though'],
  ],
  [
    'another decoy in the file, so that the stolen one passes',
    [KNOWN, '[...this.#former, this.#find].slice(0, MOST_FORMER)', '[]'],
    [HONEYPOT_TEST, 'a honeypot > that finds other decoys in the file warns, and sees the former token'],
  ],
  [
    'a decoy shown while a person has stopped everything, and still good afterwards',
    ['src/access/switch-file.ts', 'if (sighting !== undefined) addSighting(dir, by, sighting);', ''],
    [HONEYPOT_TEST, 'a sighting during a stop > makes it a quarantine'],
  ],
  [
    'a client whose name is the decoy, so that records show it',
    [HONEYPOT, 'decoys.find(by) === undefined ?', 'true ?'],
    [HONEYPOT_TEST, 'the decoy token > is in no file'],
  ],
  [
    'decoys that are out, after a person resumed',
    ['src/access/kill-switch.ts', 'if (state.stopped && state.sighting !== undefined) renewDecoys(dir);', ''],
    [HONEYPOT_TEST, 'a honeypot > has other decoys'],
  ],
  [
    'several processes with decoys of their own',
    [DECOYS, 'placeFile(join(dir.path, FILE), fileText(known));', 'replace(dir, known);'],
    [DECOYS_TEST, 'decoys > are one pair'],
  ],
  [
    'an isolate that is still warm after a person resumed',
    ['src/isolate/isolated.ts', 'void this.#warm?.close();', 'void 0;'],
    [BAIT_TEST, 'in an isolate > that was warm'],
  ],
  [
    'resuming unseen, as an agent with a terminal does',
    [
      'src/cli/resume-command.ts',
      'if (sighting !== undefined && !yes) {',
      'if (sighting !== undefined && Number.isNaN(yes)) {',
    ],
    ['test/contract/honeypot.test.ts', 'the decoy token > shown to one server'],
  ],
  [
    'a log that tells a thief which file is the decoy',
    [KNOWN, 'thrown instanceof StateError && thrown.cause === undefined', 'thrown instanceof StateError'],
    ['test/unit/access/decoys.test.ts', 'does not tell in the log which file is the decoy'],
  ],
] as const;

export const honeypot = threat('a stolen decoy is used', [...seen, ...noCall, ...stopped]);
