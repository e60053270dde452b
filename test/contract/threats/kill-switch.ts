import { threat } from './line.ts';

const STOP = 'src/gateway/stop.ts';
const SWITCH = 'src/access/switch-file.ts';
const DIRECTORY = 'src/access/state-dir.ts';
const SERVING = 'src/vscode/serving/serving.ts';
const STOP_TEST = 'test/unit/gateway/stop.test.ts';
const SWITCH_TEST = 'test/unit/access/kill-switch.test.ts';
const DIRECTORY_TEST = 'test/unit/access/state-dir.test.ts';
const KILL_TEST = 'test/contract/kill.test.ts';

export const killSwitch = threat('something goes on after the kill switch', [
  [
    'a call that comes afterwards',
    [STOP, 'async (call) => {\n    refuse(killSwitch.state());', 'async (call) => {'],
    [STOP_TEST, 'refuses calls of'],
  ],
  [
    'a call under way',
    [STOP, 'if (state.stopped) abort.abort(stoppedError(state));', ''],
    [STOP_TEST, 'aborts a call under way'],
  ],
  [
    'what was read before, and is given out after',
    [STOP, 'if (call.tool.annotations.readOnlyHint) refuse(killSwitch.state());', ''],
    [STOP_TEST, 'once stopped it gives out no more'],
  ],
  [
    'a process that slept from the stop to the resume',
    ['src/access/kill-switch.ts', 'tell({ stopped: true, at: new Date() });', 'void 0;'],
    [SWITCH_TEST, 'a stop that came and went'],
  ],
  [
    'a state that can not be read',
    [SWITCH, 'if (problem !== undefined) return unreadable(problem);', ''],
    [SWITCH_TEST, 'the kill switch > counts as used while its directory can not be trusted'],
  ],
  [
    'the file replaced by a link that leads nowhere',
    [SWITCH, 'return lstatSync(path', "return require('node:fs').statSync(path"],
    [SWITCH_TEST, 'the kill switch > counts as used when its file holds a link'],
  ],
  [
    'a state that other users can write',
    [DIRECTORY, 'if ((stat.mode & 0o022) === 0) return undefined;', 'return undefined;'],
    [DIRECTORY_TEST, 'a state directory > that the group can write to'],
  ],
  [
    'a server that is started again',
    ['src/cli/stopped.ts', 'if (state.stopped) throw new StoppedRefusal(state);', ''],
    [KILL_TEST, 'kill > lasts'],
  ],
  [
    'a connection that is open',
    [
      'src/mcp/http.ts',
      'server.closeAllConnections();\n  await sessions.close();\n  await closed;',
      'await sessions.close();',
    ],
    ['test/unit/mcp/http-stop.test.ts', 'a server that is stopped lets nobody in'],
  ],
  [
    'a session over stdio',
    ['src/mcp/stdio.ts', 'AbortSignal.any([stop, stopped])', 'stop'],
    [KILL_TEST, 'kill > ends a stdio server'],
  ],
  [
    'a window of VS Code',
    [SERVING, "return state.sighting === undefined ? 'stopped' : 'quarantined';", 'return undefined;'],
    ['test/unit/vscode/serving/serving.test.ts', 'a window > serves nothing while the kill switch is on'],
  ],
  [
    'the endpoint of that window',
    ['src/vscode/endpoint/endpoint-server.ts', 'await (await running)?.stop();', 'await running;'],
    ['test/unit/vscode/endpoint/endpoint-stop.test.ts', 'an endpoint > that is stopped refuses connections'],
  ],
]);
