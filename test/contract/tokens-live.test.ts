import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callOk, connectHttp } from '../support/clients.ts';
import { goodHeaders, openSession, openStream, rawRequest } from '../support/raw-http.ts';
import { tokensHome } from '../support/tokens.ts';

const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
const LIMIT = { limit: 1 };
const TOOL = 'list_workos_organizations';

describe('in every server of the user, while they run', () => {
  it.each([
    [['disable', 'Live'], 'disabled'],
    [['revoke', 'Live'], 'revoked'],
  ])('%j ends what is open, and refuses what comes', async (command, how) => {
    const home = tokensHome();
    const { token } = await home.issue('Live');
    const servers = await Promise.all([home.serve(), home.serve()]);
    const streams = await Promise.all(
      servers.map(async ({ port }) => openStream({ port, token }, await openSession({ port, token }))),
    );
    await Promise.all(streams.map(({ opened }) => opened));
    expect(await home.run(...command)).toMatchObject({ code: 0 });
    for (const { port } of servers) {
      const answer = await rawRequest(port, { headers: goodHeaders({ port, token }), body: PING });
      expect(answer).toMatchObject({ status: 401, body: expect.stringContaining(`is ${how}.`) });
    }
    await Promise.all(streams.map(({ ended }) => ended));
    for (const server of servers)
      await server.waitFor('stderr', new RegExp(`connection token "Live" is ${how}:`));
    // The server's own token goes on.
    for (const server of servers) await callOk(await connectHttp(server), TOOL, LIMIT);
  });

  it('a new token is accepted at once, and a stop revokes it for good', async () => {
    const home = tokensHome();
    const first = await home.serve();
    const { token } = await home.issue('Late');
    await callOk(await connectHttp({ url: first.url, token }), TOOL, LIMIT);
    expect(await home.cli('kill', '--yes')).toMatchObject({ code: 0 });
    expect(await first.ended).toMatchObject({ code: 4 });
    expect(await home.run('issue', '--name', 'Meanwhile')).toMatchObject({ code: 4, stdout: '' });
    expect(await home.cli('resume')).toMatchObject({ code: 0 });
    const second = await home.serve();
    const answer = await rawRequest(second.port, { headers: goodHeaders({ ...second, token }), body: PING });
    expect(answer).toMatchObject({ status: 401, body: expect.stringContaining('is revoked.') });
    expect(await home.list()).toMatchObject([{ name: 'Late', status: 'revoked', requests: 3 }]);
  });
});

it('counts add up over servers and restarts', async () => {
  const home = tokensHome();
  const { token } = await home.issue('Shared');
  const call = async (url: string, name: string, times: number) => {
    const client = await connectHttp({ url, token }, { name });
    for (let round = 0; round < times; round += 1) await client.callTool({ name: TOOL, arguments: LIMIT });
  };
  const servers = await Promise.all([home.serve(), home.serve()]);
  await Promise.all(servers.map(({ url }, index) => call(url, `client ${index}`, index + 1)));
  await Promise.all(servers.map((server) => server.stop()));
  const again = await home.serve();
  await call(again.url, 'client 0', 4);
  expect(await again.stop()).toMatchObject({ code: 0 });
  // An initialize request per connection, and the calls.
  expect(await home.list()).toMatchObject([
    {
      requests: 10,
      last_used: expect.stringMatching(/^\d{4}-/),
      clients: [
        { name: 'client 0', requests: 7 },
        { name: 'client 1', requests: 3 },
      ],
    },
  ]);
});

it('with a file that can’t be understood lets no connection token in, and says so', async () => {
  const home = tokensHome();
  const { token } = await home.issue('A');
  const server = await home.serve();
  writeFileSync(`${home.home}/tokens.json`, '{"half');
  const answer = await rawRequest(server.port, { headers: goodHeaders({ ...server, token }), body: PING });
  expect(answer.status).toBe(401);
  await server.waitFor('stderr', /error no connection token is accepted: .*tokens\.json/);
  await callOk(await connectHttp(server), TOOL, LIMIT);
  expect(await home.run('list')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('tokens.json does not hold what it should'),
  });
});
