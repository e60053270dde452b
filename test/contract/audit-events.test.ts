import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startAccount } from '../support/account.ts';
import { atTerminal } from '../support/at-terminal.ts';
import { auditEventsIn, auditFiles, auditRecords, CALL, cliIn, newFolder } from '../support/audit-files.ts';
import { startCli } from '../support/cli.ts';
import { callError, callOk, callTool, connectHttp, connectStdio } from '../support/clients.ts';
import { committed, fileWith } from '../support/lockfile.ts';
import { goodHeaders, rawRequest } from '../support/raw-http.ts';
import { startServer } from '../support/server.ts';

const CREATE = 'create_workos_organization';
const TERMINAL = { kind: 'person', surface: 'terminal' };
const VAULT = { WORKOS_MCP_PASSPHRASE: 'correct horse' };

const intact = async (home: string) => expect((await cliIn(home, ['audit', 'verify'])).code).toBe(0);

describe('a command line that changes something', () => {
  it('records it, with who did it, in a chain of its own', { timeout: 60_000 }, async () => {
    const home = newFolder();
    await cliIn(home, ['tokens', 'issue', '--name', 'CI', '--read-only', '--json']);
    for (const args of [
      ['rename', 'CI', 'Bot'],
      ['disable', 'Bot'],
      ['enable', 'Bot'],
      ['revoke', 'Bot'],
    ])
      await cliIn(home, ['tokens', ...args]);
    const token = { id: expect.stringMatching(/^tok_/u), name: 'Bot', scope: { read_only: true } };
    const details = { by: TERMINAL, token };
    expect(auditEventsIn(home)).toEqual([
      ['tokens issue', 'token.issued', { by: TERMINAL, token: { ...token, name: 'CI' } }],
      ['tokens rename', 'token.renamed', details],
      ['tokens disable', 'token.disabled', details],
      ['tokens enable', 'token.enabled', details],
      ['tokens revoke', 'token.revoked', details],
    ]);
    await intact(home);
  });

  it('records nothing where nothing changed', async () => {
    const home = newFolder();
    await cliIn(home, ['resume']);
    expect((await cliIn(home, ['tokens', 'revoke', 'none'])).code).toBe(1);
    await cliIn(home, ['kill', '--yes']);
    await cliIn(home, ['kill', '--yes']);
    expect(auditEventsIn(home)).toEqual([['kill', 'kill.stopped', { by: TERMINAL }]]);
  });

  it('does it though the vault stays closed, and says that there is no record', async () => {
    const home = newFolder();
    await cliIn(home, ['tokens', 'issue', '--name', 'CI', '--json'], VAULT);
    const wrong = { WORKOS_MCP_PASSPHRASE: 'wrong horse' };
    const { code, stdout, stderr } = await cliIn(home, ['tokens', 'revoke', 'CI'], wrong);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('is revoked for good') });
    expect(stderr).toContain('not in the audit trail');
    expect(auditEventsIn(home)).toHaveLength(1);
  });
});

describe('a stop', () => {
  it('asks for no passphrase, and is left to those that run where the vault would take one', async () => {
    const home = newFolder();
    await cliIn(home, ['tokens', 'issue', '--name', 'CI'], VAULT);
    const shown = await atTerminal(['kill', '--yes'], { WORKOS_MCP_HOME: home });
    expect(shown).toContain('Stopped: ');
    expect(shown).not.toMatch(/passphrase/iu);
    expect(auditFiles(home)).toHaveLength(1);
    await cliIn(home, ['resume'], VAULT);
    await cliIn(home, ['kill', '--yes'], VAULT);
    const by = { by: TERMINAL };
    expect(auditEventsIn(home).slice(1)).toEqual([
      ['resume', 'kill.resumed', by],
      ['kill', 'kill.stopped', by],
    ]);
  });

  it('is the last thing every server records, after the calls it ended', async () => {
    const home = newFolder();
    const account = await startAccount();
    account.faults.set({ kind: 'latency', ms: 60_000 });
    const env = { ...account.env, WORKOS_MCP_HOME: home };
    const server = await startServer({ env });
    const stdio = startCli(['stdio'], { env });
    const call = callTool(await connectHttp(server), 'list_workos_organizations', {});
    await expect.poll(() => account.requests.count()).toBe(1);
    await expect.poll(() => auditFiles(home).length).toBe(2);
    expect((await cliIn(home, ['kill', '--yes'])).code).toBe(0);
    await call;
    await Promise.all([server.ended, stdio.ended]);
    const by = { kind: 'person', surface: 'workos-mcp kill' };
    expect(auditEventsIn(home)).toEqual(
      expect.arrayContaining([
        ['serve', 'kill.stopped', { by }],
        ['stdio', 'kill.stopped', { by }],
        ['kill', 'kill.stopped', { by: TERMINAL }],
      ]),
    );
    const { chain_id } = auditRecords(home).find(({ kind }) => kind === 'outcome')!;
    const kinds = auditRecords(home).filter((record) => record.chain_id === chain_id);
    expect(kinds.slice(-3).map(({ kind }) => kind)).toEqual(['outcome', 'event', 'stop']);
    const pending = { method: 'GET', path: '/organizations' };
    expect(kinds.at(-3)!.body).toMatchObject({ status: 'STOPPED', upstream: [pending] });
    await intact(home);
  });
});

it('an approval is recorded where it is asked for, where it is given, and with the call it was for', async () => {
  const home = newFolder();
  const account = await startAccount();
  const env = { ...account.env, WORKOS_MCP_HOME: home };
  const client = await connectStdio({ env, args: ['--approvals', 'always'] });
  const change = (name: string) => ({ name, domains: [`${name.toLowerCase()}.example.org`] });
  const ask = async (name: string) => {
    const { hint } = await callError(client, CREATE, change(name));
    return /workos-mcp approve (\S{9})"/u.exec(hint ?? '')![1]!;
  };
  const [yes, no] = [await ask('Wanted'), await ask('Unwanted')];
  await callError(client, CREATE, change('Wanted'));
  await atTerminal(['approve', yes], env, 'y\r');
  await atTerminal(['approve', no], env, 'n\r');
  await callOk(client, CREATE, change('Wanted'));
  await client.close();
  await expect.poll(() => auditRecords(home).filter(({ kind }) => kind === 'stop').length).toBe(3);
  const about = (code: string) => expect.objectContaining({ tool: CREATE, code, client: 'contract-test' });
  expect(auditEventsIn(home)).toEqual([
    ['stdio', 'approval.asked', about(yes)],
    ['stdio', 'approval.asked', about(no)],
    ['approve', 'approval.given', about(yes)],
    ['approve', 'approval.denied', about(no)],
  ]);
  const done = auditRecords(home).find(({ body }) => body['decision'] === 'confirm')!;
  expect(done.body['approvals']).toEqual([{ state: 'given', by: 'terminal', code: yes }]);
  expect(done.body['upstream']).toContainEqual(
    expect.objectContaining({ method: 'POST', path: '/organizations', status: 201 }),
  );
  await intact(home);
});

it('a start that a lockfile refuses is recorded with what differs', async () => {
  const home = newFolder();
  const other = fileWith(
    'other.lock',
    committed.replace(/(?<="instructions": "sha256:)./u, (digit) => (digit === '0' ? '1' : '0')),
  );
  expect((await cliIn(home, [...CALL, '--lock', other])).code).toBe(3);
  expect(auditEventsIn(home)).toEqual([
    ['call refused', 'lock.refused', { changed: ['instructions changed'], count: 1 }],
  ]);
});

it('a token that expired is recorded when it is refused first', async () => {
  const home = newFolder();
  const { stdout } = await cliIn(home, ['tokens', 'issue', '--name', 'Short', '--expires', '1m', '--json']);
  const { id, token } = JSON.parse(stdout) as { id: string; token: string };
  const file = join(home, 'tokens.json');
  const [entry] = JSON.parse(readFileSync(file, 'utf8')) as [object];
  writeFileSync(file, JSON.stringify([{ ...entry, expires: 1 }]));
  const server = await startServer({ env: { WORKOS_MCP_HOME: home }, args: ['--sandbox'] });
  const headers = goodHeaders({ port: server.port, token });
  for (let time = 0; time < 2; time += 1)
    expect((await rawRequest(server.port, { headers, body: '{}' })).status).toBe(401);
  await server.stop();
  const by = { kind: 'system', surface: 'serve' };
  expect(auditEventsIn(home).slice(1)).toEqual([
    ['serve', 'token.expired', { by, token: { id, name: 'Short', scope: { read_only: false } } }],
    ['serve', 'auth.refused', { reason: 'expired', count: 1 }],
    ['serve', 'auth.refused', { reason: 'expired', count: 1 }],
  ]);
  for (const audit of auditFiles(home)) expect(readFileSync(audit, 'utf8')).not.toContain(token.slice(-8));
});

it('who comes without a valid token is recorded, and an incident', async () => {
  const home = newFolder();
  const server = await startServer({ env: { WORKOS_MCP_HOME: home }, args: ['--sandbox'] });
  const { authorization: _own, ...bare } = goodHeaders(server);
  const wrong = goodHeaders({ ...server, token: 'wrong' });
  for (const headers of [bare, wrong, wrong, wrong, goodHeaders(server)])
    await rawRequest(server.port, { headers, body: '{}' });
  await server.stop();
  expect(auditEventsIn(home)).toEqual([
    ['serve', 'auth.refused', { reason: 'missing', count: 1 }],
    ['serve', 'auth.refused', { reason: 'unknown', count: 1 }],
    ['serve', 'auth.refused', { reason: 'unknown', count: 2 }],
  ]);
  const { stdout } = await cliIn(home, ['stats']);
  expect(stdout).toContain('Somebody tried to connect without a valid token (unknown).');
  await intact(home);
});
