import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAuthProxy } from '../support/auth-proxy.ts';
import { startServer } from '../support/server.ts';

const TOOL = resolve(
  import.meta.dirname,
  '../../node_modules/@modelcontextprotocol/conformance/dist/index.js',
);

let proxy: Awaited<ReturnType<typeof startAuthProxy>> | undefined;
let folder: string;
beforeAll(async () => {
  proxy = await startAuthProxy(await startServer());
  folder = mkdtempSync(join(tmpdir(), 'conformance-'));
});
afterAll(() => {
  proxy?.close();
  rmSync(folder, { recursive: true });
});

it.each(['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection', 'server-session-lifecycle'])(
  'conformance scenario %s passes',
  { timeout: 60_000 },
  async (scenario) => {
    const args = [
      'server',
      '--url',
      proxy?.url ?? '',
      '--scenario',
      scenario,
      '--spec-version',
      '2025-11-25',
    ];
    const child = spawn(process.execPath, [TOOL, ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const code = new Promise((done) => child.on('close', done));
    const output = (await Promise.all([text(child.stdout), text(child.stderr)])).join('\n');
    expect(output).toMatch(/Passed: (\d+)\/\1, 0 failed/);
    expect(await code).toBe(0);
  },
);
