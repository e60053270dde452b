// What differs from a person's own lockfile is not served.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { callTool, connectCopied } from '../../harness/mcp-client.mts';
import { told } from '../../harness/notices.mts';
import { type Bench, LIST, refusesConnections, VIEWS } from './bench.mts';

const LOCK = resolve(import.meta.dirname, '../../../../workos-mcp.lock');

export async function holdsToALockfile({ test, session, windows: [one] }: Bench): Promise<void> {
  const file = join(session.server.root, 'pinned.lock');
  const text = readFileSync(LOCK, 'utf8');
  const pin = (path: string) =>
    one.host(
      ({ vscode }, value) =>
        vscode.workspace
          .getConfiguration('workos')
          .update('lockFile', value, vscode.ConfigurationTarget.Global),
      path,
    );
  await test('what differs from the person’s own lockfile is not served, and says what changed', async () => {
    await using client = await connectCopied(one);
    writeFileSync(file, text);
    await pin(file);
    assert.match(await callTool(client, LIST, {}), /Acme Corp/u);
    const lock = JSON.parse(text) as { tools: Record<string, Record<string, string>> };
    const tool = lock.tools[LIST]!;
    tool['description'] = `sha256:${'0'.repeat(64)}`;
    writeFileSync(file, JSON.stringify(lock));
    assert.match(await callTool(client, LIST, {}).catch(String), /LOCK_MISMATCH/u);
    await told(one, `${LIST}: description changed`);
    for (const view of VIEWS) await one.view(view).getByText('Nothing is served').waitFor();
    await one.statusBarItem('WorkOS: Locked').waitFor();
    await refusesConnections(client.url);
    await one.screenshot('locked');
  });
  await test('a lockfile that can’t be read counts as one that differs, and an empty setting as none', async () => {
    await one.clearNotifications();
    await pin(join(session.server.root, 'missing.lock'));
    await told(one, 'does not exist');
    await one.clearNotifications();
    await pin('relative.lock');
    await told(one, 'needs an absolute path');
    await one.clearNotifications();
    await pin('');
    await one.row('Organizations', 'Acme Corp').waitFor();
    await using client = await connectCopied(one);
    assert.match(await callTool(client, LIST, {}), /Acme Corp/u);
  });
}
