import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { canonical, sha256 } from '../../../src/audit/canonical.ts';
import { openCliTrail } from '../../../src/cli/audit-trail.ts';
import { auditEventsIn, auditRecords, newFolder } from '../../support/audit-files.ts';
import { keepingLogger } from '../gateway/support.ts';

let home: string;
beforeEach(() => {
  home = join(newFolder(), 'state');
  vi.stubEnv('WORKOS_MCP_HOME', home);
});
afterEach(() => void vi.unstubAllEnvs());

async function start(command: string, policy: object): Promise<void> {
  const { trail } = await openCliTrail({ command, policy, logger: keepingLogger(), ask: false });
  await trail.close();
}

describe('a start under other rules than the last one of the same command', () => {
  it('is recorded with both digests, and no other start is', async () => {
    await start('serve', { privacy: 'balanced' });
    await start('call', { privacy: 'strict' });
    await start('serve', { privacy: 'balanced' });
    expect(auditEventsIn(home)).toEqual([]);
    await start('serve', { privacy: 'off' });
    await start('serve', { privacy: 'off' });
    const digest = (privacy: string) => sha256(canonical({ privacy }));
    expect(auditEventsIn(home)).toEqual([
      ['serve', 'policy.changed', { from: digest('balanced'), to: digest('off') }],
    ]);
    const last = auditRecords(home).findLast(({ kind }) => kind === 'start');
    expect(last?.body['policy']).toBe(digest('off'));
  });
});
