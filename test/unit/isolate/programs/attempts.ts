// Ways out of an isolate, each a function whose result shows that it got out. Plain Node lets every one of them through.
import * as asyncHooks from 'node:async_hooks';
import * as crypto from 'node:crypto';

type Loose = Record<string | symbol, any>;
const g = globalThis as unknown as Loose;
// Not written as literals, so that the bundler leaves them alone.
const named = (name: string) => `node:${name}`;
const evaluate = (text: string) => (0, eval)(text);
const own = module.constructor as unknown as Loose;

/** What a library could keep while it is loaded. */
const kept = (() => {
  try {
    return require(named('fs')) as Loose;
  } catch {
    return undefined;
  }
})();

/** A hook that answers before those of the isolate do. */
const hooked = (() => {
  try {
    const found = { format: 'builtin', shortCircuit: true };
    const hook = { resolve: () => ({ ...found, url: named('fs') }), load: () => found };
    const registered = own['registerHooks'](hook);
    const os = require(named('os')) as Loose;
    registered.deregister();
    return os;
  } catch {
    return undefined;
  }
})();

const sites = () => {
  const before = Error.prepareStackTrace;
  try {
    Error.prepareStackTrace = (_error, frames) => frames;
    const { stack } = new Error('look') as unknown as { stack: unknown };
    if (!Array.isArray(stack)) throw new TypeError('text only');
    return `${stack.length} frames`;
  } finally {
    Error.prepareStackTrace = before;
  }
};

export const attempts: Readonly<Record<string, () => unknown>> = {
  process: () => process.pid,
  'process of the global object': () => g['process'].pid,
  arguments: () => process.argv.length,
  environment: () => process.env['CANARY'],
  'process.binding': () => (process as unknown as Loose)['binding']('fs') && 'binding',
  'process.getBuiltinModule': () => typeof process.getBuiltinModule('node:fs').readFileSync,
  'require fs': () => typeof require(named('fs')).readFileSync,
  'require fs without node:': () => typeof require(['f', 's'].join('')).readFileSync,
  'require while loading': () => kept!['readFileSync']('/etc/passwd', 'latin1').length,
  'a hook of its own while loading': () => hooked!['readFileSync']('/etc/passwd', 'latin1').length,
  'a file': () => require(named('fs')).readFileSync('/etc/passwd', 'latin1').length,
  'a file as JSON': () => {
    const read = { exports: undefined as unknown };
    (require as unknown as Loose)['extensions']['.json'](read, `${__dirname}/file.json`);
    return typeof read.exports;
  },
  child_process: () => require(named('child_process')).execSync('echo out', { encoding: 'utf8' }),
  Worker: () => {
    const { Worker } = require(named('worker_threads'));
    const worker = new Worker('0', { eval: true });
    void worker.terminate();
    return 'started';
  },
  vm: () => require(named('vm')).runInThisContext('1 + 1'),
  'socket net': () => typeof new (require(named('net')).Socket)().connect,
  'socket tls': () => typeof require(named('tls')).connect,
  'socket dgram': () => typeof require(named('dgram')).createSocket('udp4').close,
  'module.require': () => typeof module.require(named('fs')),
  'Module._load': () => typeof own['_load'](named('fs')),
  'Module.createRequire': () => typeof own['createRequire']('/x.js')(named('fs')),
  'Module.registerHooks': () => typeof own['registerHooks']({}).deregister,
  'Module._findPath': () => own['_findPath']('/etc/passwd', null),
  'Module.prototype._compile': () => {
    const made = new (own as unknown as new (id: string) => Loose)('/made.js');
    made['_compile']('module.exports = 1 + 1', '/made.js');
    return made['exports'];
  },
  'import()': async () => typeof (await import(named('fs'))).readFileSync,
  'import() of a data URL': async () =>
    (await import(['data:text/javascript', 'export default 1+1'].join(','))).default,
  'Function and import()': async () => typeof (await Function('return import("node:fs")')()),
  'the constructor of a constructor': () =>
    typeof (Buffer as unknown as Loose).constructor['constructor']('return 1'),
  'the constructor of an async function': () =>
    typeof (Object.getPrototypeOf(async () => 0).constructor as (text: string) => unknown)('return 1'),
  eval: () => evaluate('1 + 1'),
  'frames of the stack': sites,
  'streams of console': () => (console as unknown as Loose)['_stdout'].constructor.name,
  fetch: async () => (await fetch('data:,out')).text(),
  'the dispatcher behind fetch': () => {
    void new Response('');
    return g[Symbol.for('undici.globalDispatcher.1')].constructor.name;
  },
  WebSocket: () => typeof new WebSocket('ws://127.0.0.1:9').close,
  navigator: () => typeof navigator.userAgent,
  BroadcastChannel: () => {
    const channel = new BroadcastChannel('x');
    channel.close();
    return 'opened';
  },
  WebAssembly: () => typeof new g['WebAssembly'].Memory({ initial: 1 }),
  'resources of async_hooks': () => typeof asyncHooks.executionAsyncResource(),
  'engines of crypto': () => typeof crypto.setEngine,
};

/** Tries one, and says what it got or that it was refused. */
export async function attempt(name: string): Promise<{ got?: string; refused?: string }> {
  try {
    const got = await attempts[name]?.();
    return got === undefined || got === 'undefined'
      ? { refused: 'nothing there' }
      : { got: JSON.stringify(got) };
  } catch (thrown) {
    return { refused: String(thrown) };
  }
}
