import { threat } from './line.ts';

const GATE = 'scripts/release/audit-gate.mts';
const GATE_TEST = 'test/unit/scripts/release/audit-gate.test.ts';
const CONTENTS = 'scripts/release/contents.mts';
const CONTENTS_TEST = 'test/unit/scripts/release/contents.test.ts';
const DOCTOR_TEST = 'test/contract/doctor.test.ts';
const TRAIL_TEST = 'test/contract/doctor-trail.test.ts';
const NETWORK_TEST = 'test/contract/doctor-network.test.ts';
const KEY_TEST = 'test/contract/doctor-key.test.ts';
const TOKENS_TEST = 'test/unit/doctor/clients.test.ts';
const FIXES_TEST = 'test/contract/doctor-fixes.test.ts';
const CLIENTS_TEST = 'test/contract/doctor-clients.test.ts';

export const selfCare = threat('what is wrong with an installation goes unnoticed', [
  [
    'a call, made over and over, that ends the process of the tools each time',
    [
      'src/shared/crash-loop.ts',
      'if (this.#ends.length < ends && !again) return 0;',
      'if (again || !again) return 0;',
    ],
    ['test/unit/isolate/recovery.test.ts', 'an isolate that keeps ending > is left alone for a while'],
  ],
  [
    'the endpoint of a window that dies as soon as it is started',
    ['src/vscode/endpoint/endpoint-server.ts', 'const pausedMs = this.#loop.ended();', 'const pausedMs = 0;'],
    ['test/unit/vscode/endpoint/endpoint-recovery.test.ts', 'an endpoint that has died > again and again'],
  ],
  [
    'an isolate that was killed, unseen',
    ['src/isolate/isolate-process.ts', "if (cause !== 'closed') this.#options.died?.(cause);", ''],
    ['test/contract/recovery.test.ts', 'a server whose isolate is killed goes on, says so once'],
  ],
  [
    'a key in plain text in the configuration of a client',
    [
      'src/doctor/client-entries.ts',
      'hasKey: spelled || KEY.test(JSON.stringify(server)),',
      'hasKey: false,',
    ],
    [CLIENTS_TEST, 'finds this program in .cursor/mcp.json of Cursor, and a key in it'],
  ],
  [
    'a repository whose client configuration is a pipe, which nobody ever writes to',
    ['src/doctor/read-plain-file.ts', '!stat.isFile() ||', ''],
    [CLIENTS_TEST, 'does not wait for what a project has in place of a file'],
  ],
  [
    'a repository whose client configuration takes minutes to parse',
    ['src/doctor/jsonc.ts', '[^"\\\\]*)*"?)`', '[^"\\\\]*)*")`'],
    ['test/unit/doctor/checks.test.ts', 'JSON with comments > is parsed in linear time'],
  ],
  [
    'the stolen key, tried by the doctor',
    ['src/cli/doctor-command.ts', 'lookout: looking.lookout,', 'lookout: undefined,'],
    [KEY_TEST, 'the decoy key, set as the key > stops everything, and stays here: doctor []'],
  ],
  [
    'the stolen key, looked at by the doctor that sends nothing',
    ['src/doctor/key.ts', "requireNoDecoy(lookout, apiKey, 'the API key that is set');", ''],
    [KEY_TEST, 'the decoy key, set as the key > stops everything, and stays here: doctor ["--offline"]'],
  ],
  [
    'a decoy in what answers the doctor',
    ['src/doctor/key.ts', 'lookout === undefined ? way : watchedHttp(way, lookout, apiKey)', 'way'],
    [KEY_TEST, 'an answer with the decoy token in it stops everything'],
  ],
  [
    'a sign-in page that takes any key',
    ['src/doctor/key.ts', "Array.isArray(answer?.['data'])", 'true'],
    [KEY_TEST, 'where WorkOS is to answer > a sign-in page is told'],
  ],
  [
    'a connection token in plain text in a project, which goes to others',
    ['src/doctor/client-tokens.ts', '...(shared ? [spelled] : []), ', ''],
    [TOKENS_TEST, 'a connection token in a configuration > is not fine in a project'],
  ],
  [
    'a configuration that was copied from a decoy, unseen',
    [
      'src/doctor/client-tokens.ts',
      "if (entry === undefined) return 'unknown';",
      "if (entry === undefined) return 'unreadable';",
    ],
    [TOKENS_TEST, 'a connection token in a configuration > that was copied from a decoy'],
  ],
  [
    'a trail in whose place a link leads nowhere, so that nothing is recorded',
    ['src/doctor/chain.ts', 'lstatSync(audit', 'statSync(audit'],
    [FIXES_TEST, 'a link that leads nowhere in place of the trail is told'],
  ],
  [
    'the password of the proxy in what the doctor prints',
    [
      'src/doctor/proxy.ts',
      'const { name, secure } = proxy;',
      'const { secure } = proxy; const name = network.proxy;',
    ],
    [NETWORK_TEST, 'a proxy > that leads to WorkOS is fine'],
  ],
  [
    'an altered record that nobody looks for',
    ['src/doctor/chain.ts', "if (verdict === 'tampered')", 'if (false)'],
    [TRAIL_TEST, 'the audit trail > with an altered record fails'],
  ],
  [
    'a state directory that others can look into',
    ['src/doctor/state.ts', '(mode & 0o077) === 0', 'true'],
    [DOCTOR_TEST, 'the state directory > that others can look into'],
  ],
  [
    'a release while nobody could be asked about vulnerabilities',
    [GATE, 'problems: [...problems, why]', 'problems'],
    [GATE_TEST, 'npm audit > lets nothing through when the registry answers 405'],
  ],
  [
    'an audit of no packages at all',
    [GATE, '!(Number(dependencies[', '!(1 + Number(dependencies['],
    [GATE_TEST, 'a report on nothing is no report'],
  ],
  [
    'an exception that was for a while, and stays',
    [GATE, 'each.expires <= today', "'' > today"],
    [GATE_TEST, 'an exception > that has expired is a problem'],
  ],
  [
    'a library under a licence that forbids to ship it',
    [CONTENTS, 'ALLOWED.has(each)', 'ALLOWED.size > 0 || each'],
    [CONTENTS_TEST, 'an SBOM > licences [{"license":{"id":"GPL-3.0-only"}}] allowed: false'],
  ],
  [
    'a library that the SBOM does not tell of',
    [CONTENTS, 'if (component === undefined)', 'if (component === null)'],
    [CONTENTS_TEST, 'an SBOM > that leaves one out is not'],
  ],
  [
    'a state directory where none can be made, tried for ever',
    ['src/access/make-directory.ts', '{ mode: 0o700 }', '{ recursive: true, mode: 0o700 }'],
    [
      'test/unit/access/state-dir.test.ts',
      'a state directory > where nothing can be made is refused at once',
    ],
  ],
  [
    'a passphrase that opens nothing, which nobody finds',
    ['src/doctor/vault.ts', 'await requirePassphrase(dir, passphrase);', 'void requirePassphrase;'],
    [TRAIL_TEST, 'a passphrase that does not open the vault fails'],
  ],
]);
