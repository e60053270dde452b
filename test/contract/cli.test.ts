import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { BUNDLE, NODE_22, requireBundle } from '../support/bundle.ts';
import { runCli, startCli } from '../support/cli.ts';

let alone: string;
beforeAll(() => {
  requireBundle();
  alone = mkdtempSync(join(tmpdir(), 'workos-mcp-'));
  copyFileSync(BUNDLE, join(alone, 'workos-mcp.js'));
});
afterAll(() => rmSync(alone, { recursive: true }));

describe.each([
  ['Node 24', process.execPath],
  ['Node 22', NODE_22],
])('the bundle copied elsewhere, under %s', (name, node) => {
  const run = (...args: string[]) => runCli(args, { node, bundle: join(alone, 'workos-mcp.js') });

  it('runs under that Node', async () => {
    const { stdout } = await runCli([], { node, bundle: '--version' });
    expect(stdout).toMatch(new RegExp(`^v${name.slice(-2)}\\.`));
  });

  it('prints its version', async () => {
    expect(await run('--version')).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('calls a tool on the sample account', async () => {
    const { code, stdout, stderr } = await run(
      'call',
      'list_workos_organizations',
      '{"search":"Acme Corp"}',
      '--sandbox',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ complete: true, items: [{ name: 'Acme Corp' }] });
  });
});

it.each(['20.20.2', '18.0.0', '22.14.0', '0.12.18'])('on Node %s says what it needs', async (old) => {
  // A preloaded script makes the running Node call itself an old one before the bundle looks.
  const disguise = `Object.defineProperty(process.versions,'node',{value:'${old}'});Object.defineProperty(process,'version',{value:'v${old}'})`;
  const nodeFlags = ['--import', `data:text/javascript,${encodeURIComponent(disguise)}`];
  expect(await runCli(['--version'], { nodeFlags })).toEqual({
    code: 2,
    signal: null,
    stdout: '',
    stderr: `workos-mcp needs Node 22.15 or newer; this is v${old}\n`,
  });
});

const SERVED = '--sandbox --read-only --allow-writes --approvals --lock --privacy --timeout'.split(' ');

describe('help', () => {
  it('names every command', async () => {
    const { code, stdout } = await runCli(['--help']);
    expect(code).toBe(0);
    const words = 'stdio serve sandbox call lock kill resume approve stats tokens audit doctor'.split(' ');
    for (const word of [...words, 'WORKOS_API_KEY', 'WORKOS_MCP_HOME', '3 refused', '4 stopped'])
      expect(stdout).toContain(word);
  });

  it.each([
    ['stdio', SERVED],
    ['serve', ['--port', '--json', '--metrics', '--token-in-path', ...SERVED]],
    ['sandbox', ['--port', '--organizations', '--users', '--json']],
    ['call', ['--sandbox', '--read-only', '--allow-writes', '--lock', '--privacy', '--timeout']],
    ['lock', ['--check', '--file']],
    ['kill', ['--yes']],
    ['resume', ['--yes']],
    ['approve', []],
    ['stats', ['--follow', '--json', '--prices']],
    ['tokens', ['--name', '--tools', '--read-only', '--expires', '--json']],
    ['doctor', ['--json', '--offline', '--lock']],
    ['audit', ['--key', '--checkpoint', '--fast', '--format', '--since', '--json']],
  ])('of %s names its flags, and only those', async (command, flags) => {
    const { code, stdout, stderr } = await runCli([command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: workos-mcp ${command}`);
    const named = stdout.slice(stdout.indexOf('Flags:')).match(/^ {2}--[\w-]+/gm);
    expect(named?.map((flag) => flag.trim()).sort()).toEqual([...flags, '--help'].sort());
  });
});

describe('wrong usage', () => {
  it.each([
    [[], 'A command is missing.'],
    [['frobnicate'], 'Unknown command frobnicate.'],
    [['--frobnicate'], 'Unknown flag --frobnicate.'],
    [['stdio', '--port', '1'], "Unknown option '--port'."],
    [['stdio', 'extra'], 'Unexpected argument extra.'],
    [['serve', '--port'], "Option '--port <value>' argument missing."],
    [['serve', '--port', '65536'], '--port takes a whole number from 0 to 65535.'],
    [['serve', '--port', '1e3'], '--port takes a whole number from 0 to 65535.'],
    [['serve', '--timeout', '0'], '--timeout takes a whole number from 1 to 3600.'],
    [['serve', '--read-only', '--allow-writes'], '--read-only and --allow-writes contradict each other.'],
    [['serve', '--approvals', 'sometimes'], '--approvals takes one of always, after-untrusted, never.'],
    [['call', '--approvals', 'never'], "Unknown option '--approvals'."],
    [['kill'], 'Without a terminal, kill takes --yes.'],
    [['approve', '--yes'], "Unknown option '--yes'."],
    [['approve', 'ABCD-2345', 'extra'], 'Unexpected argument extra.'],
    [['serve', '--privacy', 'none'], '--privacy takes one of strict, balanced, off.'],
    [['serve', '--privacy', 'toString'], '--privacy takes one of strict, balanced, off.'],
    [['sandbox', '--organizations', '0'], '--organizations takes a whole number from 1 to 10000.'],
    [['sandbox', '--users', 'many'], '--users takes a whole number from 1 to 100000.'],
    [['sandbox', '--sandbox'], "Unknown option '--sandbox'."],
    [['stdio', '--lock', ''], '--lock takes the name of a file.'],
    [['stdio', '--lock'], "Option '--lock <value>' argument missing."],
    [['sandbox', '--lock', 'x'], "Unknown option '--lock'."],
    [['lock', '--file='], '--file takes the name of a file.'],
    [['lock', 'x'], 'Unexpected argument x.'],
    [['lock', '--sandbox'], "Unknown option '--sandbox'."],
    [['call'], 'The name of a tool is missing.'],
    [['call', 'drop_tables'], 'Unknown tool drop_tables.'],
    [['call', 'list_workos_organizations', '{'], 'The arguments must be one JSON object'],
    [['call', 'list_workos_organizations', '[]'], 'The arguments must be one JSON object'],
    [['call', 'list_workos_organizations', '{}', 'x'], 'Unexpected argument x.'],
  ])('%j', async (args, reason) => {
    const { code, stdout, stderr } = await runCli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const [line, usage, end] = stderr.split('\n');
    expect(line).toContain(`workos-mcp: ${reason}`);
    expect(usage).toMatch(/^Usage: workos-mcp /);
    expect(end).toBe('');
  });

  it.each([
    [{ WORKOS_API_BASE_URL: 'http://example.com' }, 'must start with https://'],
    [{ WORKOS_API_BASE_URL: 'ftp://127.0.0.1' }, 'must start with https://'],
    [{ WORKOS_API_BASE_URL: 'http://127.0.0.1.evil.com' }, 'must start with https://'],
    [{ WORKOS_API_BASE_URL: 'https://user:pw@example.com' }, 'must not carry a password'],
    [{ WORKOS_API_BASE_URL: 'https://example.com/v2' }, 'must be an origin'],
    [{ WORKOS_API_BASE_URL: 'example' }, 'is not a URL'],
    [{ WORKOS_API_KEY: 'sk_test_a\nb' }, 'WORKOS_API_KEY contains characters that no key has'],
    [{ WORKOS_MCP_TOKEN: 'short' }, 'WORKOS_MCP_TOKEN needs'],
  ])('of the environment: %j', async (env, reason) => {
    const { code, stderr } = await runCli(['serve'], { env });
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
    expect(stderr).not.toContain('sk_test_a');
  });
});

describe('call', () => {
  it('reads its arguments from stdin for "-"', async () => {
    const input = '{"limit":1}';
    const { code, stdout } = await runCli(['call', 'list_workos_organizations', '-', '--sandbox'], { input });
    expect(code).toBe(0);
    expect(stdout.trimEnd()).not.toContain('\n');
    expect((JSON.parse(stdout) as { items: unknown[] }).items).toHaveLength(1);
  });

  it('prints a tool’s error and exits with 1', async () => {
    const { code, stdout } = await runCli(['call', 'list_workos_organizations', '{"limit":0}', '--sandbox']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ code: 'INVALID_INPUT', hint: expect.any(String) });
  });

  it('without a key says so', async () => {
    const { code, stdout, stderr } = await runCli(['call', 'list_workos_organizations']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ code: 'NO_API_KEY' });
    expect(stderr).toContain('WORKOS_API_KEY is not set');
  });
});

describe('sandbox', () => {
  it('serves the sample API where its first line says', async () => {
    const cli = startCli(['sandbox', '--json', '--organizations', '7']);
    const [line = ''] = (await cli.waitFor('stdout', /\n/)).split('\n');
    const { url, api_key } = JSON.parse(line) as { url: string; api_key: string };
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(api_key).toMatch(/^sk_test_/);
    const response = await fetch(`${url}/organizations`, { headers: { Authorization: `Bearer ${api_key}` } });
    expect(((await response.json()) as { data: unknown[] }).data).toHaveLength(7);
    const { stdout } = await runCli(['call', 'list_workos_organizations', '{"count":true}'], {
      env: { WORKOS_API_KEY: api_key, WORKOS_API_BASE_URL: url },
    });
    expect(JSON.parse(stdout)).toMatchObject({
      total: 7,
      environment: { name: 'Sample account', kind: 'sandbox' },
    });
    expect(await cli.stop()).toMatchObject({ code: 0, stdout: `${line}\n`, stderr: '' });
  });

  it('tells a person what to set', async () => {
    const cli = startCli(['sandbox']);
    expect(await cli.waitFor('stdout', /Try it/)).toMatch(
      /WORKOS_API_BASE_URL=http:\S+\n\s+WORKOS_API_KEY=sk_test_/,
    );
    expect(await cli.stop('SIGINT')).toMatchObject({ code: 0 });
  });
});
