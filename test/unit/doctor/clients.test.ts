import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepDecoys } from '../../../src/access/decoys.ts';
import { openStateDir, type StateDir } from '../../../src/access/state-dir.ts';
import { createTokens } from '../../../src/access/tokens.ts';
import { newSecret } from '../../../src/access/token-file.ts';
import { checkClients } from '../../../src/doctor/clients.ts';

let folder = '';
let dir: StateDir;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  dir = openStateDir(join(folder, 'state'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is said of a configuration as `serve` prints it. */
function look(path: string, server: object, project = join(folder, 'home/project'), name = 'workos') {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  const key = path.includes('.vscode') ? 'servers' : 'mcpServers';
  writeFileSync(file, JSON.stringify({ [key]: { [name]: server } }), { mode: 0o600 });
  return checkClients({ home: join(folder, 'home'), platform: 'linux', env: {}, project }, dir);
}
const url = 'http://127.0.0.1:7420/mcp';
const bearer = (token: string) => ({ type: 'http', url, headers: { Authorization: `Bearer ${token}` } });
const issue = () => createTokens(dir).issue({ name: 'Editor', scope: { readOnly: true } });
const [HOME, PROJECT] = ['home/.cursor/mcp.json', 'home/project/.vscode/mcp.json'];
const notIssued = { status: 'warn', found: expect.stringContaining('was not issued here') };
const inProject = { status: 'warn', found: expect.stringContaining('in a project that others may get') };

describe('a server over HTTP', () => {
  it.each([
    [{ type: 'http', url, headers: { Authorization: 'Bearer ${input:token}' } }, 'workos'],
    [{ url: 'http://localhost:8765/some/mcp' }, 'My WorkOS'],
    [{ type: 'http', url, headers: { 'X-Token': '${env:A}', Authorization: 'wmcp_' } }, 'other'],
  ])('is known by its address and name, or its token: %j', (server, name) => {
    expect(look(HOME, server, undefined, name)).toMatchObject([{ status: 'ok' }]);
  });

  it.each([
    [{ url }, 'other'],
    [{ url: 'https://workos.example/mcp' }, 'workos'],
    [{ url: 'http://127.0.0.1:1/other' }, 'workos'],
  ])('of another kind is not: %j', (server, name) => {
    expect(look(HOME, server, undefined, name)).toMatchObject([{ status: 'skip' }]);
  });
});

describe('a connection token in a configuration', () => {
  it('that was issued is fine in a home directory, also where that is the project', async () => {
    const { token } = await issue();
    expect(look(HOME, bearer(token))).toMatchObject([{ status: 'ok' }]);
    const twice = look(HOME, bearer(token), join(folder, 'home'));
    expect(twice.map(({ status }) => status)).toEqual(['ok', 'ok']);
  });

  it('is not fine in a project, and not printed', async () => {
    const { token } = await issue();
    const found = look(PROJECT, bearer(token));
    expect(found).toMatchObject([{ ...inProject, fix: expect.stringContaining('tokens revoke') }]);
    expect(JSON.stringify(found)).not.toContain(token.slice(5));
  });

  it('that is out is told', async () => {
    const { token, info } = await issue();
    const tokens = createTokens(dir);
    await tokens.disable(info.id);
    expect(look(HOME, bearer(token))).toMatchObject([{ found: expect.stringContaining('is disabled') }]);
    await tokens.revoke(info.id);
    expect(look(HOME, bearer(token))).toMatchObject([{ found: expect.stringContaining('is revoked') }]);
  });

  it('that was copied from a decoy is told as any other that was not issued', () => {
    const decoy = look(HOME, bearer(keepDecoys(dir).token.text));
    expect(decoy).toMatchObject([notIssued]);
    expect(look(HOME, bearer(newSecret().token))).toEqual(decoy);
  });
});
