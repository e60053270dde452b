// What a window finds out about itself, and mends.
import assert from 'node:assert/strict';
import type * as Fs from 'node:fs';
import { until } from '../../harness/tests.mts';
import type { Bench } from './bench.mts';

/** Run Diagnostics, and an isolate that is killed. */
export async function staysWell({ test, workbench, sandbox: { apiKey } }: Bench): Promise<void> {
  await test('Run Diagnostics shows what it found, and no key', async () => {
    await workbench.runCommand('WorkOS: Run Diagnostics');
    const text = await until('the findings', () =>
      workbench.host(({ vscode }) => {
        const shown = vscode.window.activeTextEditor?.document.getText() ?? '';
        return shown.includes(' findings: ') ? shown : undefined;
      }),
    );
    for (const name of ['state', 'lock', 'isolate', 'endpoint'])
      assert.match(text, new RegExp(`^[✓!] ${name} `, 'mu'));
    assert.match(text, /^✓ isolate .*permission model/mu);
    assert.ok(!text.includes(apiKey));
    await workbench.execute('workbench.action.closeActiveEditor');
  });
  await test('an isolate that is killed is replaced, and the person is told once', async () => {
    const killed = await workbench.host(({ require }) => {
      const { readFileSync } = require('node:fs') as typeof Fs;
      const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'latin1');
      const own = children
        .split(' ')
        .filter((pid) => pid !== '' && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('isolate.js'));
      for (const pid of own) process.kill(Number(pid), 'SIGKILL');
      return own.length;
    });
    assert.equal(killed, 1);
    const told = workbench.notification('ended and was replaced');
    await until('the notice', async () => {
      await workbench.execute('workos.refresh');
      return (await told.count()) > 0;
    });
    await workbench.row('Organizations', 'Acme Corp').waitFor();
    assert.equal(await told.count(), 1);
    await workbench.clearNotifications();
  });
}
