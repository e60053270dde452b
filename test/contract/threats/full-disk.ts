import { threat } from './line.ts';

const OUTPUT = 'src/shared/output.ts';
const LOST_TEST = 'test/contract/lost-output.test.ts';
const CLI_TEST = 'test/contract/tokens-cli.test.ts';

export const fullDisk = threat('a full disk, or a reader that goes away, changes what is told', [
  [
    'an intact trail is called tampered by a reader that goes away',
    ['src/audit-verify.ts', 'watchOutput();\n', ''],
    [LOST_TEST, 'the verdict on an intact trail > stays what it is when the reader goes away'],
  ],
  [
    'a verdict, or an export, of which a full disk takes the beginning',
    [OUTPUT, 'if (fstatSync(STDOUT).isFile()) writeFileSync(STDOUT, text);\n    else ', ''],
    [LOST_TEST, 'output that can not be written > of an export that only begins to fit'],
  ],
  [
    'a full disk, on which an export counts as made',
    ['src/cli/process.ts', '(await allWritten()) || status !== 0 ? status : 1', 'status'],
    [LOST_TEST, 'output that can not be written > of ["audit","export"] is no success'],
  ],
  [
    'a full disk, on which a lock is left behind that holds up the next revocation',
    ['src/access/file-lock.ts', 'if (made) rmSync(path, { force: true });', ''],
    [CLI_TEST, 'on a full disk > revoke names what works there, and leaves no lock'],
  ],
  [
    'a full disk, on which a token can not be revoked',
    ['src/cli/tokens-command.ts', 'tokens.revoke(which).catch(nameWayOut)', 'tokens.revoke(which)'],
    [CLI_TEST, 'on a full disk > revoke names what works there'],
  ],
]);
