import { expect, it } from 'vitest';
import { connectHttp } from '../../support/clients.ts';
import { serveFake, untilAborted } from '../../support/fake-gateway.ts';

const page = { items: [{ id: 'org_01', name: 'Acme Corp' }], complete: true };

it('lists, reads and completes through the gateway, as the session’s agent', async () => {
  const inputs: unknown[] = [];
  const server = await serveFake(async (_options, input) => {
    inputs.push(input);
    return page;
  });
  const client = await connectHttp(server, { name: 'somebody' });
  await client.listResources();
  await client.readResource({ uri: 'workos://organization/org_01' });
  await client.readResource({ uri: 'workos://connection/conn_01' });
  await client.readResource({ uri: 'workos://directory/directory_01' });
  await client.complete({
    ref: { type: 'ref/prompt', name: 'troubleshoot_sync_breakage' },
    argument: { name: 'organization', value: ' acme ' },
  });
  expect(inputs).toEqual([
    { limit: 50 },
    { organization: 'org_01' },
    { connection_id: 'conn_01' },
    { directory_id: 'directory_01' },
    { limit: 100, search: 'acme' },
  ]);
  const [first] = server.callers;
  expect(first).toMatchObject({ kind: 'agent', client: { name: 'somebody' } });
  expect(server.callers).toEqual(inputs.map(() => first));
});

it('aborts reading when the client cancels', async () => {
  let aborted = false;
  const server = await serveFake(untilAborted(() => (aborted = true)));
  const client = await connectHttp(server);
  const stop = new AbortController();
  const reading = client
    .readResource({ uri: 'workos://organization/org_01' }, { signal: stop.signal })
    .catch(String);
  await expect.poll(() => server.callers.length).toBe(1);
  stop.abort('enough');
  expect(await reading).toContain('enough');
  await expect.poll(() => aborted).toBe(true);
});
