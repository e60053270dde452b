import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { runCli } from './cli.ts';
import { startServer } from './server.ts';

const made: string[] = [];
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
});

/** A token as the CLI prints it. */
export interface IssuedToken {
  readonly token: string;
  readonly id: string;
}

/** The built CLI on a state directory of its own. */
export function tokensHome() {
  const home = mkdtempSync(join(tmpdir(), 'workos-mcp-tokens-'));
  made.push(home);
  const env = { WORKOS_MCP_HOME: home };
  const run = (...args: string[]) => runCli(['tokens', ...args], { env });
  return {
    home,
    run,
    cli: (...args: string[]) => runCli(args, { env }),
    issue: async (name: string, ...flags: string[]): Promise<IssuedToken> => {
      const { code, stdout, stderr } = await run('issue', '--json', '--name', name, ...flags);
      if (code !== 0) throw new Error(stderr);
      return JSON.parse(stdout) as IssuedToken;
    },
    list: async () => {
      const { stdout } = await run('list', '--json');
      return (JSON.parse(stdout) as { tokens: Record<string, unknown>[] }).tokens;
    },
    serve: (...args: string[]) => startServer({ env, args: ['--sandbox', ...args] }),
    /** What is in all files there, with their names. */
    files: () =>
      readdirSync(home, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name, parentPath }) => `${name}\n${readFileSync(join(parentPath, name), 'utf8')}`)
        .join('\n'),
  };
}
