// Security events as a document: filtered as it is typed, and exported.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../harness/tests.mts';
import { type Bench, organization, readCsv, saveAs } from './bench.mts';

export async function readsEvents({ test, workbench, sandbox: { account }, folder }: Bench): Promise<void> {
  const failed = 'authentication.sso_failed';
  const truth = account
    .eventsOf(organization(account, 'Global Tech').id)
    .filter(({ event }) => event === failed)
    .map(({ id }) => id);
  await test('Filter Events leaves the rows that have every word', async () => {
    await workbench.chooseFromMenu(workbench.row('Organizations', 'Global Tech'), 'Security Events…');
    await workbench.pick('Last 30 days');
    await workbench.pick(/^WorkOS events(?! and)/u);
    const shows = (wanted: string) =>
      until(wanted, () =>
        workbench.host(
          ({ vscode }, words) => vscode.window.activeTextEditor?.document.getText().includes(words) ?? false,
          wanted,
        ),
      );
    await shows('Global Tech');
    await shows('newest first');
    await workbench.runCommand('WorkOS: Filter Events');
    await workbench.enter(failed);
    await shows(`“${failed}”: ${truth.length} of `);
    await workbench.screenshot('filtered');
  });
  await test('Export Events saves what the filter leaves, as CSV and as JSON', async () => {
    assert.ok(truth.length > 0);
    for (const format of ['CSV', 'JSON']) {
      await workbench.runCommand('WorkOS: Export Events');
      await workbench.pick(new RegExp(`^${format}`, 'u'));
      await saveAs(workbench, join(folder, `events.${format.toLowerCase()}`));
      await workbench.notification(`Events saved: ${truth.length}.`).waitFor();
      await workbench.clearNotifications();
    }
    const rows = readCsv(join(folder, 'events.csv'));
    assert.deepEqual(
      rows.map((row) => row['id']),
      truth.toReversed(),
    );
    const json = JSON.parse(readFileSync(join(folder, 'events.json'), 'utf8')) as {
      filter: string;
      events: { id: string }[];
    };
    assert.equal(json.filter, failed);
    assert.deepEqual(
      json.events.map(({ id }) => id),
      truth.toReversed(),
    );
  });
}
