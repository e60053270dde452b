import { threat } from './line.ts';

const BUNDLE = 'src/audit/verify/bundle.ts';
const BUNDLE_TEST = 'test/contract/evidence.test.ts';
const SPOILT: readonly [string, string] = [BUNDLE_TEST, 'audit evidence > shows a changed byte'];
const WINDOW_TEST = 'test/unit/vscode/audit/window-trail.test.ts';
const KEY = 'src/vscode/audit/secret-key.ts';
const KEY_TEST = 'test/unit/vscode/audit/secret-key.test.ts';

export const evidence = threat('evidence for an auditor is tampered with, or a window leaves none', [
  [
    'a byte of a file in the bundle is changed',
    [
      BUNDLE,
      "if (createHash('sha256').update(readFileSync(file)).digest('hex') === hash) return [];",
      'return [];',
    ],
    SPOILT,
  ],
  [
    'the list of files is changed with them',
    [
      BUNDLE,
      'if (verifySignature(null, manifest, master, readFileSync(file))) return undefined;',
      'return undefined;',
    ],
    SPOILT,
  ],
  [
    'a file is added',
    [
      BUNDLE,
      "if (!known.has(file)) problems.push({ file, kind: 'inserted', why: 'is not in the manifest' });",
      'void known;',
    ],
    SPOILT,
  ],
  [
    'a bundle is signed with a key of the attacker',
    [BUNDLE, 'if (key === undefined) return `no public master key ${signedBy}`;', 'return undefined;'],
    [BUNDLE_TEST, 'audit evidence > signed with another key'],
  ],
  [
    'a chain is deleted before the bundle is made',
    ['src/audit/evidence/choose.ts', ' || isMissed(each)', ''],
    ['test/unit/audit/evidence.test.ts', 'a bundle for an auditor > does not hide that a chain has gone'],
  ],
  [
    'a change is made in VS Code while nothing can be recorded',
    [
      'src/vscode/environments/accounts.ts',
      'return { logger, executor, observers, audit, ...guards };',
      'return { logger, executor, observers, ...guards, ...(audit && {}) };',
    ],
    [WINDOW_TEST, 'the trail of a window > that can not be opened'],
  ],
  [
    'a secret storage that never answers holds up every call',
    [
      'src/vscode/audit/in-time.ts',
      'const first = await Promise.race([answer, over]);',
      "const first: Awaited<typeof answer> | 'over' = await answer;",
    ],
    [KEY_TEST, 'the master key in the secret storage > is told to be out of reach'],
  ],
  [
    'the key of the windows is spoilt, so that they make another',
    [
      KEY,
      'throw new StateError(`the secret ${AUDIT_SECRET} does not hold a key`);',
      'return Buffer.alloc(32);',
    ],
    [KEY_TEST, 'the master key in the secret storage > is not replaced'],
  ],
  [
    'what a window hears of the kill switch is not recorded',
    ['src/vscode/audit/record-safety.ts', 'if (state.stopped) void events.killed(whoStopped(state));', ''],
    ['test/unit/vscode/audit/record-safety.test.ts', 'a window > records each stop'],
  ],
]);
