import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CALL, cliIn, copyOf, newFolder } from '../support/audit-files.ts';
import { askDoctor } from '../support/doctor.ts';

const used = newFolder();
await cliIn(used, CALL);
await cliIn(used, ['tokens', 'issue', '--name', 'Editor']);

const inAudit = (home: string, name: string) => join(home, 'audit', name);

it.each<[string, (home: string) => void, string, string, RegExp]>([
  [
    'tokens that are no JSON',
    (home) => writeFileSync(join(home, 'tokens.json'), '{bad'),
    'tokens',
    'fail',
    /tokens issue/u,
  ],
  [
    'a directory in place of the tokens',
    (home) => {
      rmSync(join(home, 'tokens.json'));
      mkdirSync(join(home, 'tokens.json'));
    },
    'tokens',
    'fail',
    /tokens issue/u,
  ],
  ['a directory that others can write', (home) => chmodSync(home, 0o777), 'tokens', 'fail', /"state"/u],
  [
    'a file in place of the trail',
    (home) => {
      rmSync(join(home, 'audit'), { recursive: true });
      writeFileSync(join(home, 'audit'), 'x');
    },
    'audit trail',
    'fail',
    /Move it elsewhere/u,
  ],
  [
    'a link that leads nowhere in place of the trail',
    (home) => {
      rmSync(join(home, 'audit'), { recursive: true });
      symlinkSync('/nowhere', join(home, 'audit'));
    },
    'audit trail',
    'fail',
    /Move it elsewhere/u,
  ],
  [
    'a link that leads nowhere in the trail',
    (home) => symlinkSync('/nowhere', inAudit(home, 'gone.jsonl')),
    'audit trail',
    'warn',
    /does not belong/u,
  ],
  [
    'a pipe in the trail',
    (home) => execFileSync('/usr/bin/env', ['mkfifo', inAudit(home, 'pipe.jsonl')]),
    'audit trail',
    'warn',
    /does not belong/u,
  ],
  [
    'a link to itself in place of the trail',
    (home) => {
      rmSync(join(home, 'audit'), { recursive: true });
      symlinkSync('audit', join(home, 'audit'));
    },
    'audit trail',
    'fail',
    /run "workos-mcp doctor" again/u,
  ],
])('%s is told with what to do about it', async (_what, spoil, name, status, fix) => {
  const home = copyOf(used);
  spoil(home);
  const { of } = await askDoctor({ WORKOS_MCP_HOME: home }, '--offline');
  expect(of(name)).toMatchObject([{ status, fix: expect.stringMatching(fix) }]);
});
