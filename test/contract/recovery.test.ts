import { expect, it } from 'vitest';
import { newFolder } from '../support/audit-files.ts';
import { runCli } from '../support/cli.ts';
import { callOk, callTool, connectHttp } from '../support/clients.ts';
import { childrenOf } from '../support/processes.ts';
import { startServer } from '../support/server.ts';

const REPLACED = 'was replaced: it ended unexpectedly';
const LIST = ['list_workos_organizations', { limit: 1 }] as const;

/** A server on the sample account, whose isolates the test may kill. */
async function server() {
  const env = { WORKOS_MCP_HOME: newFolder() };
  const started = await startServer({ env, args: ['--sandbox'] });
  const client = await connectHttp(started);
  return {
    cli: started,
    client,
    incidents: async (kind: string) => {
      const { stdout } = await runCli(['stats', '--json'], { env });
      const { incidents } = JSON.parse(stdout) as {
        incidents: { kind: string; cause: string; count: number }[];
      };
      return incidents.filter((incident) => incident.kind === kind);
    },
    /** Kills the isolate by its id, and waits until the server has noticed. */
    kill: async () => {
      await callOk(client, ...LIST);
      for (const pid of childrenOf(started.process.pid)) process.kill(pid, 'SIGKILL');
      await expect.poll(() => childrenOf(started.process.pid)).toEqual([]);
    },
  };
}

it('a server whose isolate is killed goes on, says so once, and counts each time', async () => {
  const { client, cli, kill, incidents } = await server();
  for (let time = 0; time < 3; time += 1) await kill();
  await callOk(client, ...LIST);
  await callOk(client, ...LIST);
  await cli.waitFor('stderr', new RegExp(REPLACED, 'u'));
  await client.close();
  await cli.stop();
  expect(cli.stderr().split(REPLACED)).toHaveLength(2);
  expect(await incidents('heal')).toMatchObject([
    { cause: expect.stringContaining(REPLACED), count: expect.any(Number) },
  ]);
  expect((await incidents('heal'))[0]?.count).toBeGreaterThan(1);
});

it('a server whose isolate keeps ending says so, and answers each call until it is started again', async () => {
  const { client, cli, kill, incidents } = await server();
  for (let time = 0; time < 5; time += 1) await kill();
  await cli.waitFor('stderr', /keeps ending and is not started again for 30 s/u);
  const called = await callTool(client, ...LIST);
  expect(called).toMatchObject({
    ok: false,
    error: {
      code: 'INTERNAL',
      message: expect.stringMatching(/keeps ending, so it is not started again for \d+ s/u),
    },
  });
  await client.close();
  await cli.stop();
  expect(cli.stderr().split('keeps ending')).toHaveLength(2);
  expect(await incidents('failure')).toContainEqual(
    expect.objectContaining({ cause: expect.stringContaining('keeps ending') }),
  );
});
