import Module from 'node:module';

/** The modules of Node that tools and their libraries need, and what they need of them. */
const BUILTINS: Readonly<Record<string, readonly string[]>> = {
  'node:async_hooks': ['AsyncLocalStorage'],
  // Those after createHash can't be taken out, and do no more than the globals that stay.
  'node:crypto': [
    'X509Certificate',
    'createHash',
    'constants',
    'fips',
    'getRandomValues',
    'subtle',
    'webcrypto',
  ],
  'node:stream/web': ['CountQueuingStrategy', 'ReadableStream', 'TransformStream'],
  'node:url': ['domainToASCII', 'domainToUnicode'],
};

/** The globals that stay: the language itself, and what moves data without reaching the system. */
const GLOBALS: ReadonlySet<string | symbol> = new Set(
  [
    'globalThis global Infinity NaN undefined isFinite isNaN parseFloat parseInt',
    'decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape',
    'Object Function Array Number Boolean String Symbol Date Promise RegExp JSON Math Intl Map BigInt Set Iterator',
    'WeakMap WeakSet WeakRef FinalizationRegistry Proxy Reflect',
    'Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError',
    'ArrayBuffer DataView Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array BigUint64Array',
    'BigInt64Array Uint8ClampedArray Float16Array Float32Array Float64Array DisposableStack AsyncDisposableStack',
    'Buffer URL URLSearchParams TextEncoder TextDecoder atob btoa structuredClone queueMicrotask',
    'setTimeout clearTimeout setInterval clearInterval setImmediate clearImmediate',
    'AbortController AbortSignal DOMException Event EventTarget MessageChannel MessagePort',
    'ReadableStream ReadableStreamDefaultReader ReadableStreamDefaultController WritableStream TransformStream',
    'CountQueuingStrategy ByteLengthQueuingStrategy Headers Request Response FormData Blob File crypto performance',
  ]
    .join(' ')
    .split(' '),
);

/**
 * Takes from this process what reaches the system: globals, modules, stack frames. To be called before the first line
 * of a library runs. Until the returned function is called, the few modules above can still be loaded. Throws if
 * something that should go stays.
 */
export function lockDown(): () => void {
  const loader = closeLoader();
  // The network code that comes with Response compiles its parser in the background, and must not miss it later.
  const compile = () => new Promise(() => undefined);
  Object.defineProperty(globalThis, 'WebAssembly', { value: { compile }, configurable: true });
  // Node makes these when they are first touched, some together with a way to the network.
  void [new Response('').body, crypto.subtle, performance, new Blob([]), new FormData(), new Headers()];
  trimBuiltins(loader.require);
  removeGlobals();
  // A stack frame would hand out the functions and receivers below it.
  Object.defineProperty(Error, 'prepareStackTrace', {
    value: undefined,
    writable: false,
    configurable: false,
  });
  return loader.seal;
}

/** Refuses every module but the few; once sealed, those too. */
function closeLoader() {
  let sealed = false;
  const refuseUnless = (name: string) => {
    if (sealed || !Object.hasOwn(BUILTINS, name)) throw refused(name);
  };
  const own = Module.createRequire(__filename);
  Module.registerHooks({
    resolve: (name, context, next) => {
      refuseUnless(name);
      return next(name, context);
    },
    load: (name, context, next) => {
      refuseUnless(name);
      return next(name, context);
    },
  });
  // A hook registered later would run before these.
  refuseFunctions(Module, ['registerHooks', 'register', 'createRequire', 'runMain', 'setSourceMapsSupport']);
  return {
    require: own,
    seal: () => {
      sealed = true;
      refuseFunctions(Module, Object.getOwnPropertyNames(Module));
      refuseFunctions(Module.prototype, Object.getOwnPropertyNames(Module.prototype));
    },
  };
}

function refuseFunctions(owner: object, names: readonly string[]): void {
  for (const name of names) {
    const known = Object.getOwnPropertyDescriptor(owner, name);
    if (name === 'constructor' || known?.configurable !== true) continue;
    if (typeof known.value !== 'function' && known.get === undefined) continue;
    const value = () => {
      throw refused(name);
    };
    Object.defineProperty(owner, name, { value, writable: false, configurable: false });
  }
}

function trimBuiltins(require: NodeJS.Require): void {
  for (const [name, needed] of Object.entries(BUILTINS)) {
    const exported: unknown = require(name);
    if (typeof exported !== 'object' || exported === null) throw refused(name);
    for (const key of Reflect.ownKeys(exported)) {
      if (typeof key === 'string' && needed.includes(key)) continue;
      if (!Reflect.deleteProperty(exported, key)) throw refused(`${name}.${String(key)}`);
    }
  }
}

function removeGlobals(): void {
  const silent = () => undefined;
  const console = Object.freeze({ debug: silent, error: silent, info: silent, log: silent, warn: silent });
  for (const key of Reflect.ownKeys(globalThis)) {
    if (GLOBALS.has(key) || key === Symbol.toStringTag || Reflect.deleteProperty(globalThis, key)) continue;
    // The dispatcher of Node's own fetch can't be deleted, but overwritten.
    Object.defineProperty(globalThis, key, { value: undefined, writable: false });
  }
  Object.defineProperty(globalThis, 'console', { value: console });
}

function refused(name: string): Error {
  return new Error(`${name} is not available here.`);
}
