import { expect, it } from 'vitest';
import { openSession, rawCall } from '../support/raw-http.ts';
import { startServer } from '../support/server.ts';
import { startAccount } from '../support/account.ts';

const CLIENTS = 50;
const ROUNDS = 4;

it('50 clients that all use request id 0 get their own answers and nobody else’s', async () => {
  const account = await startAccount({ organizations: CLIENTS + 10 });
  const server = await startServer({ env: account.env });
  const organizations = account.account.organizations.slice(0, CLIENTS);
  expect(organizations).toHaveLength(CLIENTS);
  // Answers come back in another order than the questions went out.
  account.faults.set({ kind: 'latency', ms: 5, match: ({ query }) => query.toString().length % 2 === 0 });
  const sessions = await Promise.all(
    organizations.map((_one, index) => openSession(server, { name: `client-${index}` })),
  );
  expect(new Set(sessions).size).toBe(CLIENTS);

  const canaries = organizations.map(({ id }) => id);
  for (let round = 0; round < ROUNDS; round += 1) {
    const answers = await Promise.all(
      organizations.map(async ({ name }, index) =>
        rawCall(server, sessions[index] ?? '', {
          id: 0,
          name: 'list_workos_organizations',
          arguments: { search: name, limit: 1 },
        }),
      ),
    );
    for (const [index, answer] of answers.entries()) {
      const text = JSON.stringify(answer);
      expect(answer['id']).toBe(0);
      expect(canaries.filter((canary) => text.includes(canary))).toEqual([canaries[index]]);
    }
  }
});
