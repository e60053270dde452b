import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { requireBundle } from '../support/bundle.ts';
import { callOk, connectHttp } from '../support/clients.ts';
import { tokensHome } from '../support/tokens.ts';

describe('tokens issue', () => {
  it('prints the token once, with configuration to paste that works', async () => {
    const home = tokensHome();
    const { code, stdout, stderr } = await home.run('issue', '--name', 'My editor', '--expires', '30d');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [, token = ''] = /^ {2}(wmcp_[\w-]{43})$/m.exec(stdout) ?? [];
    expect(stdout).toContain('Issued My editor (tok_');
    expect(stdout).toContain('only time');
    expect(stdout).toContain(`http://127.0.0.1:PORT/${token}/mcp`);
    const [code1, general] = stdout.match(/^ {2}\{[^]*?^ {2}\}$/gm)?.map((json) => JSON.parse(json)) ?? [];
    expect(code1.servers.workos).toEqual(general.mcpServers.workos);
    const server = await home.serve();
    const { url, headers } = general.mcpServers.workos;
    const client = await connectHttp({
      url: url.replace('PORT', String(server.port)),
      token: headers.Authorization.replace('Bearer ', ''),
    });
    await callOk(client, 'list_workos_organizations', { limit: 1 });
    await server.stop();
    const listed = await home.run('list');
    expect(listed.stdout).not.toContain(token);
    expect(home.files()).not.toContain(token);
  });

  it('prints JSON for programs', async () => {
    const home = tokensHome();
    const before = Date.now();
    const { stdout } = await home.run(
      'issue',
      '--name',
      'A',
      '--json',
      '--read-only',
      '--expires',
      '90m',
      '--tools',
      'list_directories, list_sso_connections,list_directories',
    );
    const issued = JSON.parse(stdout) as { expires: string };
    expect(issued).toMatchObject({
      token: expect.stringMatching(/^wmcp_/),
      name: 'A',
      read_only: true,
      tools: ['list_directories', 'list_sso_connections'],
      status: 'active',
    });
    const lifetime = Date.parse(issued.expires) - before;
    expect(lifetime).toBeGreaterThanOrEqual(90 * 60_000);
    expect(lifetime).toBeLessThan(91 * 60_000);
  });
});

describe('tokens list', () => {
  it('says when there is none', async () => {
    expect(await tokensHome().run('list')).toMatchObject({
      code: 0,
      stdout: 'There are no connection tokens. "workos-mcp tokens issue --name NAME" issues one.\n',
    });
  });

  it('shows each with what it may do and did', async () => {
    const home = tokensHome();
    const first = await home.issue('First', '--tools', 'list_directories', '--read-only');
    await home.issue('Second', '--expires', '2h');
    await home.run('rename', first.id, 'The first');
    await home.run('disable', 'The first');
    const [head, ...lines] = (await home.run('list')).stdout.trimEnd().split('\n');
    expect(head).toMatch(/^id +name +ends in +state +may call +expires +http requests +last used$/);
    expect(lines).toEqual([
      expect.stringMatching(
        new RegExp(
          `^${first.id}  The first  ${first.token.slice(-4)} +disabled  1 tool, read-only  never +0 +never$`,
        ),
      ),
      '    only list_directories',
      expect.stringMatching(/^tok_\w+ +Second .* active +all tools +\d{4}-\d\d-\d\d \d\d:\d\dZ  0 +never$/),
    ]);
  });
});

it('says what it did, by id or name', async () => {
  const home = tokensHome();
  const { id } = await home.issue('A');
  const said = async (...args: string[]) => (await home.run(...args)).stdout;
  expect(await said('disable', 'A')).toBe(`${id}: A is disabled, and what was open under it ends.\n`);
  expect(await said('enable', id)).toBe(`${id}: A is enabled.\n`);
  expect(await said('rename', id, 'B C')).toBe(`${id}: B C is its name now.\n`);
  expect(await said('revoke', 'B C')).toBe(
    `${id}: B C is revoked for good, and what was open under it ends.\n`,
  );
  expect(await said('revoke', 'B C')).toBe(`${id}: B C was revoked already.\n`);
  expect(await home.list()).toMatchObject([{ id, name: 'B C', status: 'revoked' }]);
});

describe('what can not be done exits with 1 and a reason', () => {
  it.each([
    [['revoke', 'nobody'], 'There is no connection token with the id or name "nobody".'],
    [['issue', '--name', 'Taken'], 'Another connection token is called "Taken".'],
    [['issue', '--name', '\u001b[2J'], 'The name of a connection token has'],
    [['enable', 'Gone'], 'The connection token "Gone" is revoked, which is for good.'],
  ])('%j', async (args, reason) => {
    const home = tokensHome();
    await home.issue('Taken');
    await home.issue('Gone');
    await home.run('revoke', 'Gone');
    const { code, stdout, stderr } = await home.run(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`workos-mcp: ${reason}`);
    expect(stderr).not.toContain('\u001b');
  });
});

describe('on a full disk', () => {
  it.each(['revoke', 'disable'])('%s names what works there, and leaves no lock behind', async (action) => {
    const home = tokensHome();
    const { token } = await home.issue('A');
    const full = (...args: string[]) => {
      const script = ['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, requireBundle(), ...args];
      return spawnSync('sh', script, { env: { WORKOS_MCP_HOME: home.home }, encoding: 'utf8' });
    };
    const { status, stdout, stderr } = full('tokens', action, 'A');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^workos-mcp: Can't write .* \(EFBIG\)\. "workos-mcp kill --yes" takes no room/u);
    expect(await home.list()).toMatchObject([{ hint: token.slice(-4), status: 'active' }]);
    expect(home.files()).not.toContain('.lock\n');
    expect(full('kill', '--yes').status).toBe(0);
    expect(await home.list()).toMatchObject([{ status: 'revoked' }]);
  });
});

describe('wrong usage', () => {
  it.each([
    [[], 'What to do is missing: one of issue, list, rename, enable, disable, revoke.'],
    [['forge'], 'tokens does one of issue, list, rename, enable, disable, revoke.'],
    [['toString'], 'tokens does one of issue'],
    [['issue'], 'tokens issue takes --name NAME.'],
    [['issue', 'A'], 'It is written: tokens issue.'],
    [['rename', 'A'], 'It is written: tokens rename TOKEN NAME.'],
    [['revoke', 'My', 'editor'], 'It is written: tokens revoke TOKEN.'],
    [['list', '--name', 'A'], '--name, --tools, --read-only and --expires go with issue.'],
    [['revoke', 'A', '--read-only'], '--name, --tools, --read-only and --expires go with issue.'],
    [['revoke', 'A', '--json'], '--json goes with issue and list.'],
    [['issue', '--name', 'A', '--tools', 'drop_tables'], 'Unknown tool drop_tables.'],
    [['issue', '--name', 'A', '--tools', ''], 'Unknown tool .'],
    [
      ['issue', '--name', 'A', '--read-only', '--tools', 'create_workos_organization'],
      '--read-only leaves none of these tools',
    ],
    [['issue', '--name', 'A', '--expires', '0d'], '--expires takes minutes, hours or days'],
    [['issue', '--name', 'A', '--expires', '30'], '--expires takes minutes, hours or days'],
    [['issue', '--name', 'A', '--expires', '3651d'], '--expires takes minutes, hours or days'],
    [['issue', '--name', 'A', '--expires', '-1d'], "Option '--expires' argument is ambiguous"],
    [['issue', '--sandbox'], "Unknown option '--sandbox'."],
  ])('%j', async (args, reason) => {
    const { code, stdout, stderr } = await tokensHome().run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const [line, usage] = stderr.split('\n');
    expect(line).toContain(`workos-mcp: ${reason}`);
    expect(usage).toMatch(/^Usage: workos-mcp tokens issue --name NAME/);
  });
});
