import { threat } from './line.ts';

const TIME = 'src/gateway/limit-time.ts';
const BODY = 'src/egress/body.ts';
const LIMITS = 'src/egress/limits.ts';
const WATCH = 'src/isolate/watch.ts';
const TIME_TEST = 'test/unit/gateway/limit-time.test.ts';
const SIZE_TEST = 'test/unit/egress/size.test.ts';
const LIMITS_TEST = 'test/unit/egress/limits.test.ts';
const BOMBS_TEST = 'test/unit/isolate/bombs.test.ts';
const BODY_TEST = 'test/contract/http-body.test.ts';

export const exhaustion = threat('memory, time or requests run out', [
  [
    'a call that stalls',
    [TIME, 'countdown(limits.idleMs, () => stop(', 'countdown(2 ** 30, () => stop('],
    [TIME_TEST, 'a call > that stalls ends after the idle limit'],
  ],
  [
    'an answer of the API without an end',
    [BODY, 'if (bytes > maxBytes) throw', 'if (false) throw'],
    [SIZE_TEST, 'an answer of the API > that is larger is cut off'],
  ],
  [
    'an answer that unpacks to too much',
    [BODY, 'pipeline(source, createGunzip(), () => undefined)', 'source'],
    [SIZE_TEST, 'an answer of the API > that is small but unpacks to too much'],
  ],
  [
    'many requests at once, so that WorkOS locks the key out',
    [LIMITS, "await ofKey.take('all', signal, onWait, yields);", ''],
    [LIMITS_TEST, 'the limits of a key > of 6,000 requests a minute'],
  ],
  [
    'an answer that fills the context of the model',
    ['src/gateway/shape.ts', "call.caller.kind !== 'agent'", 'true'],
    ['test/unit/gateway/gateway.test.ts', 'invoke > cuts what an agent gets'],
  ],
  [
    'a request to the endpoint without an end',
    ['src/mcp/http-body.ts', 'if (size > BODY_BYTES) {', 'if (false) {'],
    [BODY_TEST, 'body > too large, in parts of unknown length'],
  ],
  [
    'a record so deep that whoever walks through it runs out of stack',
    ['src/workos/records.ts', "if (!isShallow(raw, MOST_LEVELS)) throw new Error('nested too deeply');", ''],
    ['test/unit/workos/pages.test.ts', 'a page > leaves out a row nested too deeply'],
  ],
  [
    'buffers in the process of the tools, beside its heap',
    [WATCH, 'if (rss > this.#limits.rss)', 'if (false)'],
    [BOMBS_TEST, 'a call that blows up its isolate > by buffers answers'],
  ],
  [
    'a message of it that never ends',
    ['src/shared/lines.ts', 'if (held > most)', 'if (false)'],
    ['test/unit/shared/lines.test.ts', 'refuses a line that is too long'],
  ],
  [
    'requests of it without a number',
    ['src/isolate/isolate-process.ts', "throw new RangeError('Too many requests at once.');", 'void 0;'],
    [BOMBS_TEST, 'a call that blows up its isolate > with many requests'],
  ],
  [
    'arguments so deep that whoever writes them as JSON runs out of stack',
    ['src/gateway/check-input.ts', 'if (!isShallow(call.input, MOST_LEVELS)) throw tooDeep();', ''],
    ['test/unit/gateway/look-for-decoys.test.ts', 'refuses arguments that are nested too deeply'],
  ],
  [
    'a message of a client that is so deep',
    ['src/mcp/refuse-messages.ts', 'isShallow(envelope, MOST_LEVELS)', 'isShallow(envelope, 2 ** 30)'],
    ['test/unit/mcp/decoys.test.ts', 'a message that shows a decoy > or is nested too deeply'],
  ],
]);
