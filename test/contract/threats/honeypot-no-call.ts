const NO_CALL = 'test/unit/mcp/decoys-no-call.test.ts';
const CONTRACT = 'test/contract/honeypot-no-call.test.ts';

/** Ways in which a thief shows what was stolen in what is no call, or none that the gateway sees. */
export const noCall = [
  [
    'a decoy in arguments of a call that comes to no gateway',
    [
      'src/mcp/refuse-messages.ts',
      'call && lookout?.look(textsIn(call.input), `arguments of ${call.tool}`, by)',
      'undefined as unknown',
    ],
    [NO_CALL, 'a decoy in the arguments of a call stops everything > that is a text'],
  ],
  [
    'a decoy in a body that comes to no session',
    ['src/mcp/http-endpoint.ts', 'if (response.statusCode >= 400)', 'if (response.statusCode >= 600)'],
    [NO_CALL, 'a decoy in a body that comes to no session stops everything > as it is a list'],
  ],
  [
    'a decoy over stdio in what is no message',
    ['src/mcp/stdio.ts', 'if (!isMessage(line)) tell(line);', ''],
    [CONTRACT, 'a decoy in what a client writes over stdio stops the server > that is no message'],
  ],
  [
    'a decoy that a person at the terminal is made to type',
    ['src/cli/refuse-typed.ts', 'look(typed, where,', "look('', where,"],
    [CONTRACT, 'a decoy in what is typed stops everything, though it is no call > of a tool'],
  ],
  [
    'a decoy nested so deeply that nobody writes it as JSON',
    [
      'src/gateway/gateway.ts',
      '    lookForDecoys: lookForDecoys(options.lookout),\n    checkDepth,\n',
      '    checkDepth,\n    lookForDecoys: lookForDecoys(options.lookout),\n',
    ],
    ['test/unit/gateway/look-for-decoys.test.ts', 'sees it in arguments that are nested too deeply'],
  ],
  [
    'looking for what can be stolen before anything was asked',
    ['src/access/honeypot.ts', '  decoys.current();\n', ''],
    [CONTRACT, 'stdio puts the decoy token in place'],
  ],
] as const;
