import { threat } from './line.ts';

const LOCK_DOWN = 'src/isolate/lock-down.ts';
const SPAWN = 'src/isolate/spawn.ts';
const ESCAPE_TEST = 'test/unit/isolate/escape.test.ts';
const RUNTIMES_TEST = 'test/unit/isolate/runtimes.test.ts';
const REQUESTS_TEST = 'test/unit/isolate/requests.test.ts';
/** Here nothing else keeps the file system away. */
const BARE = 'a Node without a permission model';
const by = (way: string, node = 'Node 24') =>
  [ESCAPE_TEST, `from an isolate under ${node} > there is no way out by: ${way}`] as const;

export const escape = threat('code in the process of the tools gets out of it', [
  [
    'process',
    [LOCK_DOWN, '  removeGlobals();\n', ''],
    [ESCAPE_TEST, 'from an isolate in which no decoy stands in the place of the process'],
  ],
  ['fetch', [LOCK_DOWN, '  removeGlobals();\n', ''], by('fetch')],
  [
    'the dispatcher behind fetch',
    [LOCK_DOWN, 'Object.defineProperty(globalThis, key, { value: undefined, writable: false });', ''],
    by('the dispatcher behind fetch'),
  ],
  [
    'require, while a library is loaded',
    [LOCK_DOWN, 'if (sealed || !Object.hasOwn(BUILTINS, name)) throw refused(name);', ''],
    by('require while loading', BARE),
  ],
  [
    'import()',
    [LOCK_DOWN, 'if (sealed || !Object.hasOwn(BUILTINS, name)) throw refused(name);', ''],
    by('import()'),
  ],
  [
    'the constructor of a function',
    [SPAWN, "'--disallow-code-generation-from-strings', ", ''],
    by('the constructor of a constructor'),
  ],
  ['a hook of its own', [LOCK_DOWN, "'registerHooks', ", ''], by('a hook of its own', BARE)],
  [
    'frames of the stack',
    [
      LOCK_DOWN,
      'value: undefined,\n    writable: false,\n    configurable: false,',
      'value: undefined,\n    writable: true,',
    ],
    by('frames of the stack'),
  ],
  [
    'WebAssembly',
    [
      LOCK_DOWN,
      "Object.defineProperty(globalThis, 'WebAssembly', { value: { compile }, configurable: true });",
      'void compile;',
    ],
    by('WebAssembly', 'Node 22'),
  ],
  [
    'the file system, were there a way to it',
    [SPAWN, "'--permission', `--allow-fs-read=${file}`", "'--no-deprecation'"],
    [RUNTIMES_TEST, 'under this Node works and says what it is worth'],
  ],
  [
    'the environment of its host',
    [SPAWN, 'env: environment(),', ''],
    [REQUESTS_TEST, 'an isolate that was taken over > sees nothing of the process'],
  ],
  [
    'a write in a call that was let through as a read',
    [
      'src/isolate/allowed-requests.ts',
      "throw new AppError({ code: 'INTERNAL', message: 'A request that this tool never makes was refused.' });",
      'return true;',
    ],
    [REQUESTS_TEST, 'an isolate that was taken over > writes in a call that was let through'],
  ],
]);
