import { type Cli, type CliOptions, startCli } from './cli.ts';

/** What to serve: `--sandbox`, unless `env` names an account. */
export interface ServerOptions extends CliOptions {
  readonly args?: readonly string[];
}

/** The built CLI serving MCP over HTTP. */
export interface TestServer extends Cli {
  readonly url: string;
  readonly token: string;
  readonly port: number;
}

/** Starts `workos-mcp serve --json` and waits until it listens. */
export async function startServer({ args = [], ...options }: ServerOptions = {}): Promise<TestServer> {
  const account = options.env === undefined ? ['--sandbox'] : [];
  const cli = startCli(['serve', '--json', ...account, ...args], options);
  const [line = ''] = (await cli.waitFor('stdout', /\n/)).split('\n');
  const { url, token } = JSON.parse(line) as { url: string; token: string };
  return { ...cli, url, token, port: Number(new URL(url).port) };
}
