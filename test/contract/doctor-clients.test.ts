import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { newFolder } from '../support/audit-files.ts';
import { BUNDLE } from '../support/bundle.ts';
import { askDoctor } from '../support/doctor.ts';

const KEY = 'sk_live_canary1234567890';
const RUNS = { command: process.execPath, args: [BUNDLE, 'stdio'] };

/** What the doctor says of clients in a home with this one file. */
async function withFile(path: string, content: unknown, mode = 0o600) {
  const HOME = newFolder();
  const file = join(HOME, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(file, mode);
  const { code, output, of } = await askDoctor({ HOME }, '--offline');
  expect(output).not.toContain(KEY);
  return { code, file, clients: of('clients') };
}

it.each([
  ['.config/Claude/claude_desktop_config.json', 'Claude Desktop', 'mcpServers'],
  ['.claude.json', 'Claude Code', 'mcpServers'],
  ['.cursor/mcp.json', 'Cursor', 'mcpServers'],
  ['.codeium/windsurf/mcp_config.json', 'Windsurf', 'mcpServers'],
  ['.config/Code/User/mcp.json', 'VS Code', 'servers'],
  ['.gemini/settings.json', 'Gemini CLI', 'mcpServers'],
])('finds this program in %s of %s, and a key in it', async (path, client, key) => {
  const fine = await withFile(path, { [key]: { workos: RUNS, other: { command: '/nowhere' } } });
  expect(fine).toMatchObject({
    code: 0,
    clients: [{ status: 'ok', found: `${client} (${fine.file}), "workos"` }],
  });
  const env = { WORKOS_API_KEY: KEY };
  const spelled = await withFile(path, { [key]: { workos: { ...RUNS, env } } });
  expect(spelled.clients).toMatchObject([
    {
      status: 'warn',
      found: expect.stringMatching(/: an API key is written in it$/u),
      fix: expect.stringMatching(/\w/u),
    },
  ]);
  const named = { WORKOS_API_KEY: '${env:WORKOS_API_KEY}' };
  expect((await withFile(path, { [key]: { workos: { ...RUNS, env: named } } })).clients).toMatchObject([
    { status: 'ok' },
  ]);
});

it('finds what Claude Code keeps per project, and a key in the arguments', async () => {
  const { clients } = await withFile('.claude.json', {
    projects: { '/a/project': { mcpServers: { workos: { ...RUNS, args: [...RUNS.args, KEY] } } } },
  });
  expect(clients).toMatchObject([{ status: 'warn', found: expect.stringContaining('an API key') }]);
});

it('says when others may read a file with a key', async () => {
  const servers = { mcpServers: { workos: { ...RUNS, env: { WORKOS_API_KEY: KEY } } } };
  expect((await withFile('.cursor/mcp.json', servers, 0o644)).clients).toMatchObject([
    { found: expect.stringContaining('other users of this machine may read it') },
  ]);
});

it.each([
  [{ ...RUNS, command: '/nowhere/node' }, 'fail', '/nowhere/node does not exist'],
  [{ ...RUNS, command: 'no-such-node' }, 'warn', 'no-such-node is not on the PATH'],
  [{ ...RUNS, args: ['/nowhere/workos-mcp.js', 'stdio'] }, 'fail', '/nowhere/workos-mcp.js does not exist'],
  [{ ...RUNS, args: [BUNDLE] }, 'fail', 'no command is named'],
])('tells of an entry that can not work: %j', async (workos, status, words) => {
  const { code, clients } = await withFile('.cursor/mcp.json', { mcpServers: { workos } });
  expect(clients).toMatchObject([
    { status, found: expect.stringContaining(words), fix: expect.stringMatching(/\w/u) },
  ]);
  expect(code).toBe(status === 'fail' ? 1 : 0);
});

it('tells of a file that can not be read, where it is about this program', async () => {
  const broken = `{"mcpServers": {"workos": {"command": "workos-mcp", "args": ["stdio"]}}`;
  const { code, clients } = await withFile('.codeium/windsurf/mcp_config.json', broken);
  expect(clients).toMatchObject([{ status: 'fail', found: expect.stringContaining('is not JSON') }]);
  expect(code).toBe(1);
  expect((await withFile('.codeium/windsurf/mcp_config.json', '{"mcpServers": ')).clients).toMatchObject([
    { status: 'skip' },
  ]);
});

it('reads comments where the client does, and calls them a fault where it does not', async () => {
  const commented = (key: string) =>
    `// mine\n{"${key}": {"workos": ${JSON.stringify(RUNS)}, /* "no": 1 */},}`;
  expect((await withFile('.config/Code/User/mcp.json', commented('servers'))).clients).toMatchObject([
    { status: 'ok' },
  ]);
  expect((await withFile('.claude.json', commented('mcpServers'))).clients).toMatchObject([
    { status: 'fail' },
  ]);
});

it.each<[string, (file: string) => void]>([
  ['a pipe', (file) => execFileSync('/usr/bin/env', ['mkfifo', file])],
  ['a device', (file) => symlinkSync('/dev/zero', file)],
  ['a directory', (file) => mkdirSync(file)],
  ['too much', (file) => writeFileSync(file, `{"workos-mcp": "${'x'.repeat(3_000_000)}"}`)],
])('does not wait for what a project has in place of a file: %s', async (_what, make) => {
  const HOME = newFolder();
  const file = join(HOME, '.claude.json');
  make(file);
  const found = `Claude Code (${file}) is no file, or one too large to be looked at`;
  expect((await askDoctor({ HOME }, '--offline')).of('clients')).toEqual([
    { name: 'clients', status: 'skip', found },
  ]);
});

it('follows a link to a file, as people keep them elsewhere', async () => {
  const HOME = newFolder();
  writeFileSync(join(HOME, 'kept.json'), JSON.stringify({ mcpServers: { workos: RUNS } }));
  symlinkSync(join(HOME, 'kept.json'), join(HOME, '.claude.json'));
  expect((await askDoctor({ HOME }, '--offline')).of('clients')).toMatchObject([{ status: 'ok' }]);
});
