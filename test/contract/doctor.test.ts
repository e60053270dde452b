import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startAccount } from '../support/account.ts';
import { CALL, cliIn, newFolder } from '../support/audit-files.ts';
import { runCli, startCli } from '../support/cli.ts';
import { askDoctor } from '../support/doctor.ts';
import { pinnedElsewhere } from '../support/lockfile.ts';
import { tokensHome } from '../support/tokens.ts';

describe('the doctor', () => {
  it('finds nothing wrong where nothing is, a line each, and ends with 0', async () => {
    const { env } = await startAccount();
    const home = newFolder();
    await cliIn(home, CALL);
    const all = { ...env, WORKOS_MCP_HOME: home, HOME: newFolder() };
    const { code, stdout, stderr } = await runCli(['doctor'], { env: all });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').map((line) => line.slice(0, 13).trimEnd())).toEqual(
      '✓ node|✓ state|✓ audit trail|✓ lock|✓ tokens|- clients|✓ isolate|✓ key|✓ proxy|✓ network||10 findings:|'.split(
        '|',
      ),
    );
    expect(stdout).toContain('a staging key, accepted by WorkOS');
    expect(stdout).toContain('intact, 1 chain; assurance local-user');
    expect(stdout).toContain('permission model on');
  });

  it('makes one small request with the key, and none offline', async () => {
    const account = await startAccount();
    await askDoctor(account.env);
    expect(account.requests.entries.map(({ path }) => path).filter((path) => path !== '/')).toEqual([
      '/organizations',
    ]);
    const before = account.requests.count();
    const { code, of } = await askDoctor(account.env, '--offline');
    expect(account.requests.count()).toBe(before);
    expect(code).toBe(0);
    expect(of('network')).toEqual([{ name: 'network', status: 'skip', found: 'left out: offline' }]);
    expect(of('key')).toEqual([{ name: 'key', status: 'ok', found: 'a staging key, not tried: offline' }]);
  });

  it('changes nothing: what is not there yet is not made', async () => {
    const home = join(newFolder(), 'state');
    const { of } = await askDoctor({ WORKOS_MCP_HOME: home }, '--offline');
    expect(of('state')).toMatchObject([{ status: 'ok', found: `${home} is made when first needed` }]);
    expect(existsSync(home)).toBe(false);
  });

  it('ends at Ctrl+C', async () => {
    const account = await startAccount();
    account.faults.set({ kind: 'latency', ms: 60_000, match: ({ path }) => path === '/organizations' });
    const cli = startCli(['doctor'], { env: account.env });
    await expect.poll(() => account.requests.count()).toBeGreaterThan(0);
    const { code, stderr } = await cli.stop('SIGINT');
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'workos-mcp: cancelled.\n' });
  });
});

describe('a key', () => {
  it.each([
    ['a wrong one', 'sk_test_wrong1234567', 'fail', 'WorkOS refuses the key (HTTP 401): a staging key'],
    ['one of no kind', 'wrong1234567', 'fail', 'WorkOS refuses the key (HTTP 401): a key of no known kind'],
  ])('%s fails, and is not printed', async (_what, key, status, found) => {
    const { env } = await startAccount();
    const { code, output, of } = await askDoctor({ ...env, WORKOS_API_KEY: key });
    expect(of('key')).toMatchObject([{ status, found, fix: expect.stringContaining('WorkOS dashboard') }]);
    expect(code).toBe(1);
    expect(output).not.toContain('wrong123');
  });

  it('that was pasted with a line break fails before it is sent', async () => {
    const { of, output } = await askDoctor({ WORKOS_API_KEY: 'sk_test_one\nsk_test_two' }, '--offline');
    expect(of('key')).toMatchObject([{ status: 'fail', found: expect.stringContaining('characters') }]);
    expect(output).not.toContain('sk_test_one');
  });

  it('that is not set is worth a look', async () => {
    expect((await askDoctor({}, '--offline')).of('key')).toMatchObject([{ status: 'warn' }]);
  });
});

describe('the state directory', () => {
  it('that others can look into is worth a look, one they can write fails', async () => {
    const home = newFolder();
    chmodSync(home, 0o755);
    const open = await askDoctor({ WORKOS_MCP_HOME: home }, '--offline');
    expect(open.of('state')).toMatchObject([{ status: 'warn', fix: `chmod 700 ${JSON.stringify(home)}` }]);
    expect(open.code).toBe(0);
    chmodSync(home, 0o777);
    const shared = await askDoctor({ WORKOS_MCP_HOME: home }, '--offline');
    expect(shared.of('state')).toMatchObject([{ status: 'fail' }]);
    expect(shared.code).toBe(1);
  });

  it('in which everything is stopped fails, and says how to lift it', async () => {
    const home = newFolder();
    await cliIn(home, ['kill', '--yes']);
    const { code, of } = await askDoctor({ WORKOS_MCP_HOME: home }, '--offline');
    const stopped = { status: 'fail', found: expect.stringContaining('everything is stopped since') };
    expect(of('state')).toMatchObject([{ status: 'ok' }]);
    expect(of('stopped')).toMatchObject([{ ...stopped, fix: expect.stringContaining('workos-mcp resume') }]);
    expect(code).toBe(1);
  });
});

it('a pinned lockfile that differs fails, and so does one that is not there', async () => {
  const file = pinnedElsewhere();
  const { code, of } = await askDoctor({}, '--offline', '--lock', file);
  expect(of('lock')).toMatchObject([
    { status: 'fail', fix: expect.stringContaining('workos-mcp lock --file') },
  ]);
  expect(code).toBe(1);
  const gone = await askDoctor({}, '--offline', '--lock', `${file}.gone`);
  expect(gone.of('lock')).toMatchObject([
    { status: 'fail', found: expect.stringContaining('does not exist') },
  ]);
});

it('an expired token is worth a look, and the fix is a command that removes it', async () => {
  const { home, issue, run } = tokensHome();
  await issue('Cursor');
  expect((await askDoctor({ WORKOS_MCP_HOME: home }, '--offline')).of('tokens')).toMatchObject([
    { status: 'ok', found: '1 token' },
  ]);
  const file = join(home, 'tokens.json');
  const [token] = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify([{ ...token, created: 1, expires: 2 }]));
  const [, found] = (await askDoctor({ WORKOS_MCP_HOME: home }, '--offline')).of('tokens');
  expect(found).toMatchObject({ status: 'warn', found: 'Cursor has expired' });
  const [, ...command] = found?.fix?.replaceAll('"', '').split(' ') ?? [];
  expect((await run(...command.slice(1))).code).toBe(0);
  expect((await askDoctor({ WORKOS_MCP_HOME: home }, '--offline')).of('tokens')).toMatchObject([
    { found: '0 tokens' },
  ]);
});
