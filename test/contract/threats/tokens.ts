import { threat } from './line.ts';

const FILE = 'src/access/token-file.ts';
const GATE = 'src/access/token-gate.ts';
const TOKENS = 'src/access/tokens.ts';
const USAGE = 'src/access/token-usage.ts';
const GUARD = 'src/mcp/http-guard.ts';
const SESSIONS = 'src/mcp/sessions.ts';
const POLICY = 'src/gateway/policy.ts';
const GATE_TEST = 'test/unit/access/tokens-gate.test.ts';
const TOKENS_TEST = 'test/unit/access/tokens.test.ts';
const USAGE_TEST = 'test/unit/access/tokens-usage.test.ts';
const HTTP_TEST = 'test/contract/tokens-http.test.ts';
const OPEN_TEST = 'test/unit/mcp/tokens.test.ts';
const SESSION_TEST = 'test/unit/mcp/token-sessions.test.ts';
const PATH_TEST = 'test/unit/mcp/token-path.test.ts';
const SCOPE_TEST = 'test/unit/gateway/token-scope.test.ts';
const WINDOW_TEST = 'test/unit/vscode/endpoint/endpoint-tokens.test.ts';
const ends = (how: string) => [GATE_TEST, `the gate > says at once that a token is ${how}`] as const;

export const tokens = threat('a connection token opens more than it should, or for longer', [
  [
    'the time of a refusal, which tells how many tokens there are before the one that fits',
    [
      FILE,
      "if (equal(hash, Buffer.from(entry.hash, 'hex'))) found = entry;",
      "if (equal(hash, Buffer.from(entry.hash, 'hex'))) return entry;",
    ],
    [GATE_TEST, 'the gate > looks at every stored hash'],
  ],
  [
    'the file of the tokens, read by another program',
    [FILE, "hash: sha256(token).toString('hex'),", "hash: sha256(token).toString('hex'), id: token,"],
    [TOKENS_TEST, 'a new token > has 256 random bits'],
  ],
  [
    'a token that has expired',
    [FILE, "if (expires !== undefined && expires <= now) return 'expired';", ''],
    ends('expired'),
  ],
  [
    'a token that is disabled',
    [FILE, "return enabled ? 'active' : 'disabled';", "return 'active';"],
    ends('disabled'),
  ],
  [
    'a token that is revoked',
    [FILE, 'if (revoked !== undefined || last_stop', 'if (last_stop'],
    ends('revoked'),
  ],
  [
    'a token from before the kill switch',
    [FILE, '|| last_stop !== lastStop) return', "|| lastStop === 'x') return"],
    [TOKENS_TEST, 'the kill switch > revokes every token for good'],
  ],
  [
    'a stop that is undone by removing its file, so that tokens from before hold again',
    ['src/access/switch-file.ts', '?? statOf(join(dir.path, HELD)) ??', '??'],
    [TOKENS_TEST, 'the kill switch > has revoked every token though its file is removed'],
  ],
  [
    'a token issued while everything is stopped',
    [TOKENS, 'if (stop.stopped) throw isStopped();', ''],
    [TOKENS_TEST, 'the kill switch > revokes every token for good'],
  ],
  [
    'a file with a limit that this build does not know',
    [FILE, 'const entrySchema = z.strictObject({', 'const entrySchema = z.object({'],
    [GATE_TEST, 'without a readable file > (a field this build does not know)'],
  ],
  [
    'a file that another user can write',
    [GATE, 'if (found !== undefined) throw new StateError(found);', ''],
    [GATE_TEST, 'without a readable file > (others could write to it)'],
  ],
  [
    'a revocation that the watcher of files missed',
    [GATE, 'present: (token) => {\n      refresh();', 'present: (token) => {'],
    ends('revoked'),
  ],
  [
    'an open stream on which nobody asks anything',
    [GATE, 'const unwatch = dir.watch(refresh);', 'const unwatch = dir.watch(() => undefined);'],
    [GATE_TEST, 'the end of a token is told > when it is revoked'],
  ],
  [
    'an open stream beyond the expiry of its token',
    [GATE, 'if (next < Infinity) timer = setTimeout', 'if (next < 0) timer = setTimeout'],
    [GATE_TEST, 'the end of a token is told > when it expires'],
  ],
  [
    'a session that was opened when the token allowed more',
    [GATE, 'if (active.get(id) !== scope) tell(id);', 'if (!active.has(id)) tell(id);'],
    [GATE_TEST, 'the end of a token is told > when it is to hold for something else'],
  ],
  [
    'a session, stream and call of a token that has ended',
    ['src/mcp/http.ts', 'gate?.onEnd((id) => sessions.end(id));', 'gate?.onEnd(() => undefined);'],
    [OPEN_TEST, 'what is open under a token > ends when the token is revoked'],
  ],
  [
    'the session of another token',
    [SESSIONS, 'session === undefined || session.grant?.id !== grant?.id', 'session === undefined'],
    [SESSION_TEST, 'a session > belongs to the token that opened it'],
  ],
  [
    'a body that arrives after the token has ended',
    [
      'src/mcp/http-endpoint.ts',
      'else if (grant !== undefined && this.#gate?.holds(grant) !== true)',
      'else if (grant !== undefined && this.#gate === undefined)',
    ],
    [OPEN_TEST, 'looks at the token again when the body has arrived'],
  ],
  [
    'a token in the path of a server that was not asked to take it',
    [
      GUARD,
      'if (!tokenInPath || token === undefined) return undefined;',
      'if (token === undefined) return undefined;',
    ],
    [HTTP_TEST, 'in the path > /GOOD/mcp is not found unless'],
  ],
  [
    "the server's own token in the path, where it can't be revoked",
    [
      GUARD,
      'const own = carriesToken(inHeader, token);',
      'const own = carriesToken(inPath ?? inHeader, token);\n  if (own) return {};',
    ],
    [HTTP_TEST, 'in the path > /OWN/mcp, header undefined'],
  ],
  [
    'a path whose token is wrong, beside a header',
    [GUARD, 'if (own && inPath === undefined) return {};', 'if (own) return {};'],
    [HTTP_TEST, 'in the path > /OWN/mcp, header Bearer OWN'],
  ],
  [
    'a log that shows the address of a request',
    [GUARD, 'request.url = MCP_PATH;', ''],
    [PATH_TEST, 'a token in the path > is in no request that is handed on'],
  ],
  [
    'a call of a tool that the token was never shown',
    [POLICY, 'if (scope !== undefined && !allows({}, tool, scope)) throw outOfScope(tool, scope);', ''],
    [SCOPE_TEST, 'a token allows what both it and the server allow > one that reads'],
  ],
  [
    'a change under a token that only reads',
    [POLICY, '(policy.readOnly === undefined && !scope.readOnly)', 'policy.readOnly === undefined'],
    [SCOPE_TEST, 'a token allows what both it and the server allow > only reading'],
  ],
  [
    'a change under a token that writes, at a server that only reads',
    [
      POLICY,
      'if (readOnly !== undefined && !allows({ readOnly }, tool)) {',
      "if (readOnly !== undefined && caller.kind === 'person') {",
    ],
    [
      SCOPE_TEST,
      'a token allows what both it and the server allow > everything, of a server that only reads',
    ],
  ],
  [
    'a change under a token that writes, at a window that only reads production',
    [
      'src/vscode/environments/accounts.ts',
      'const policy = this.#guarded(() => access.policy(environment));',
      'const policy = this.#guarded(() => ({}));',
    ],
    [WINDOW_TEST, 'a scope at the window > to write holds only while the window allows writes'],
  ],
  [
    'a list of tools beyond the scope, at a window',
    ['src/vscode/environments/accounts.ts', 'allows(policy, tool, scope)', 'allows(policy, tool)'],
    [WINDOW_TEST, 'a scope at the window > limits what is listed and called'],
  ],
  [
    'a token in the path of a window',
    [
      'src/vscode/endpoint/start-endpoint.ts',
      'startHttpServer({ ...serve,',
      'startHttpServer({ tokenInPath: true, ...serve,',
    ],
    [WINDOW_TEST, 'the endpoint of a window > lets nobody in by another text'],
  ],
  [
    'a token typed in place of a name, which an error repeats',
    ['src/access/token-errors.ts', "looksLikeToken(which) ? 'that was given' : ", ''],
    [TOKENS_TEST, 'a change > does not repeat a token'],
  ],
  [
    'a client that takes another name each time, until the disk is full',
    [USAGE, '|| clients < MOST_CLIENTS;', '|| clients < Infinity;'],
    [USAGE_TEST, 'takes names of clients as they come'],
  ],
]);
