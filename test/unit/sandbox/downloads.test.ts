import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type Client, DAY, NOW, startClient } from './support.ts';

const HEADER =
  'action,occurred_at,actor_id,actor_type,actor_name,actor_metadata,target_id_0,target_type_0,target_name_0,' +
  'target_metadata_0,target_id_1,target_type_1,target_name_1,target_metadata_1,context_location,' +
  'context_user_agent,metadata';
const ago = (days: number) => new Date(NOW.getTime() - days * DAY).toISOString();
let client: Client;

beforeEach(async () => {
  client = await startClient();
});
afterEach(() => client.sandbox.close());

function ask(days: number): Promise<Answer> {
  return client.post('/audit_logs/exports', {
    organization_id: client.organization('Acme Corp').id,
    range_start: ago(days),
    range_end: ago(0),
  });
}

async function readyUrl(id: string): Promise<string> {
  client.sandbox.faults.exportDelayMs = 0;
  return (await client.get(`/audit_logs/exports/${id}`)).body.url;
}

describe('a download address', () => {
  it('serves the CSV with its header to a request without a key', async () => {
    const { body } = await ask(7);
    const response = await fetch(await readyUrl(body.id));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect((await response.text()).split('\r\n')[0]).toBe(HEADER);
    expect(client.sandbox.requests.count(({ path }) => path.endsWith('.csv'))).toBe(1);
  });

  it('refuses any Authorization header', async () => {
    const { body } = await ask(7);
    const url = await readyUrl(body.id);
    for (const authorization of [`Bearer ${client.sandbox.apiKey}`, 'Basic abc']) {
      const response = await fetch(url, { headers: { authorization } });
      expect(response.status).toBe(403);
      expect(await response.text()).not.toContain('occurred_at');
    }
  });

  it('refuses a forged, borrowed or expired one', async () => {
    const one = await ask(7);
    const two = await ask(8);
    const url = await readyUrl(one.body.id);
    const address = new URL(url);
    const changed = (name: string, value: string) => {
      const copy = new URL(url);
      copy.searchParams.set(name, value);
      return copy.href;
    };
    client.sandbox.faults.downloadTtlMs = -2_000;
    const expired = await readyUrl(one.body.id);
    const forged = [
      changed('Signature', `${address.searchParams.get('Signature')?.slice(0, -2)}AA`),
      changed('Signature', ''),
      changed('Expires', String(Number(address.searchParams.get('Expires')) + 1)),
      changed('Key-Pair-Id', 'KOTHER'),
      url.replace(one.body.id, two.body.id),
      url.slice(0, url.indexOf('?')),
      expired,
    ];
    for (const each of forged) expect((await fetch(each)).status).toBe(403);
    expect((await fetch(url)).status).toBe(200);
    client.sandbox.faults.downloadTtlMs = 600_000;
    expect((await fetch(await readyUrl(one.body.id))).status).toBe(200);
  });

  it('is valid for ten minutes from each time it is asked for', async () => {
    const { body } = await ask(7);
    const expires = Number(new URL(await readyUrl(body.id)).searchParams.get('Expires')) * 1_000;
    expect(expires).toBeGreaterThanOrEqual(NOW.getTime() + 600_000);
    expect(expires).toBeLessThan(NOW.getTime() + 700_000);
  });
});
