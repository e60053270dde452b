import { expect, it } from 'vitest';
import { startAccount } from '../support/account.ts';
import { callError, callOk, connectHttp, connectStdio } from '../support/clients.ts';
import { startServer } from '../support/server.ts';

const CREATE = 'create_workos_organization';
const input = { name: 'Tainted', domains: ['tainted.example.org'] };

it('what an agent reads of third parties makes its next change a question, until the session ends', async () => {
  const account = await startAccount();
  const posts = () => account.requests.count(({ method }) => method === 'POST');
  const server = await startServer({ env: account.env });
  const [reader, writer] = [await connectHttp(server), await connectHttp(server)];
  await callOk(reader, 'list_workos_organizations', { limit: 1 });
  expect(await callError(reader, CREATE, input)).toMatchObject({ code: 'APPROVAL_REQUIRED' });
  expect(await callOk(reader, CREATE, { ...input, dry_run: true })).toMatchObject({ dry_run: true });
  expect(posts()).toBe(0);
  await callOk(writer, CREATE, input);
  expect(posts()).toBe(1);
});

it('a resource that was read counts, too', async () => {
  const account = await startAccount();
  const client = await connectStdio({ env: account.env });
  const [resource] = (await client.listResources()).resources;
  await client.readResource({ uri: resource?.uri ?? '' });
  expect(await callError(client, CREATE, input)).toMatchObject({ code: 'APPROVAL_REQUIRED' });
});
