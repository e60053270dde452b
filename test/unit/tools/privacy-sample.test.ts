import { describe, expect, it } from 'vitest';
import { startBench } from './support.ts';

describe('the sample account', () => {
  it.each(['Acme Corp', 'Umbra Health', 'Stark Industries'])('has nothing to cover in %s', async (name) => {
    const fresh = await startBench();
    fresh.sandbox.faults.exportDelayMs = 0;
    const asked = { organization: name };
    const found = [
      await fresh.agent('list_workos_organizations'),
      await fresh.agent('get_organization_details', asked),
      await fresh.agent('list_sso_connections', asked),
      await fresh.agent('list_directories', asked),
      await fresh.agent('list_directory_users', asked),
      await fresh.agent('get_audit_log_events', asked),
    ];
    expect(found.map(({ redacted }) => redacted).filter((counts) => counts !== undefined)).toEqual([]);
    expect(JSON.stringify(found)).toContain(name);
  });
});
