import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/usage.ts';
import { tools } from '../../src/tools/registry.ts';
import { runCli, startCli } from '../support/cli.ts';
import { connectHttp } from '../support/clients.ts';
import { processesUnder } from '../support/processes.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** Of no form that a detector knows: only knowing the key itself finds it. */
const KEY = `canary.${randomBytes(24).toString('hex')}`;
const ID = '01K0000000000000000000000A';
const home = mkdtempSync(join(tmpdir(), 'workos-mcp-theft-'));

let upstream: Server;
let env: Record<string, string>;
let server: TestServer;
let received: string[] = [];
beforeAll(async () => {
  upstream = createServer(echo);
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  env = { WORKOS_API_KEY: KEY, WORKOS_API_BASE_URL: base, HOME: home, WORKOS_MCP_HOME: join(home, 'state') };
  server = await startServer({ env, args: ['--allow-writes', '--privacy', 'off'] });
});
afterAll(() => {
  upstream.close();
  rmSync(home, { recursive: true, force: true });
});

/** A WorkOS that says the key back wherever it can: in names, messages, codes, headers and a redirect. */
function echo(request: IncomingMessage, response: ServerResponse): void {
  const said = request.headers.authorization ?? '';
  received.push(said);
  const key = said.replace('Bearer ', '');
  if (request.url?.startsWith('/directories/')) {
    response.writeHead(302, { location: `https://evil.example/${key}` }).end(key);
    return;
  }
  if (request.url?.startsWith('/connections/')) {
    response.writeHead(422, { 'x-request-id': key, 'content-type': 'application/json' });
    response.end(JSON.stringify({ message: key, code: key, errors: [{ code: key, field: key }] }));
    return;
  }
  const row = { object: 'organization', id: `org_${ID}`, name: said, domains: [], metadata: { [key]: key } };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ...row, data: [{ ...row, external_id: key }], list_metadata: {} }));
}

const INPUTS: Record<string, object> = {
  list_workos_organizations: {},
  get_organization_details: { organization: `org_${ID}` },
  create_workos_organization: { name: 'Canary' },
  list_sso_connections: {},
  get_sso_connection_details: { connection_id: `conn_${ID}` },
  list_directories: {},
  get_directory_details: { directory_id: `directory_${ID}` },
  list_directory_groups: { directory_id: `directory_${ID}` },
  list_directory_users: { directory_id: `directory_${ID}` },
  get_audit_log_events: { organization: `org_${ID}` },
};

it('the key comes back in no answer, though WorkOS says it', async () => {
  received = [];
  const client = await connectHttp(server);
  for (const name of Object.keys(tools)) {
    const answer = await client.callTool({ name, arguments: { ...INPUTS[name] } });
    expect({ name, leaks: JSON.stringify(answer).includes(KEY) }).toEqual({ name, leaks: false });
  }
  const person = await runCli(['call', 'list_workos_organizations'], { env });
  expect(person.stdout).toContain(`org_${ID}`);
  expect(person.stdout + person.stderr).not.toContain(KEY);
  // WorkOS has had it every time.
  expect(new Set(received)).toEqual(new Set([`Bearer ${KEY}`]));
});

it('the key is in no process but that which was given it, and on no command line', async () => {
  const client = await connectHttp(server);
  await client.callTool({ name: 'list_workos_organizations' });
  const own = server.process.pid;
  const processes = processesUnder(own);
  expect(processes.length).toBeGreaterThan(1);
  for (const pid of processes) {
    const has = (what: string) => readFileSync(`/proc/${pid}/${what}`).includes(KEY);
    const found = { environment: has('environ'), commandLine: has('cmdline') };
    expect(found).toEqual({ environment: pid === own, commandLine: false });
  }
});

it('the key is in no help and in no configuration for clients', async () => {
  const commands = [[], ...Object.keys(COMMANDS).map((name) => [name])];
  for (const command of commands) {
    const { code, stdout, stderr } = await runCli([...command, '--help'], { env });
    expect({ command, code, leaks: (stdout + stderr).includes(KEY) }).toEqual({
      command,
      code: 0,
      leaks: false,
    });
  }
  const serve = startCli(['serve'], { env });
  const welcome = await serve.waitFor('stdout', /Calls, as they finish/u);
  expect(welcome).toContain('"mcpServers"');
  expect(welcome + serve.stderr()).not.toContain(KEY);
});

it('the key is in no log and in no file', async () => {
  await (await connectHttp(server)).callTool({ name: 'list_directories' });
  expect(server.stdout() + server.stderr()).not.toContain(KEY);
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    expect({ file, leaks: readFileSync(file).includes(KEY) }).toEqual({ file, leaks: false });
  }
});
