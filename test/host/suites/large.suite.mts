// A large account far away: an expand is one request, and looking around is none.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type HostAccount, startHostAccount } from '../harness/account.mts';
import { startSession } from '../harness/session.mts';
import type { Suite } from '../harness/suite.mts';
import { until } from '../harness/tests.mts';

const LATENCY_MS = 80;
const QUIET_MS = 700;
const SCROLLS = 12;

export const suite: Suite = {
  run: async (context) => {
    await using account = await startHostAccount({ organizations: 10_000, users: 20_000 });
    account.sandbox.faults.set({ kind: 'latency', ms: LATENCY_MS });
    await using session = await startSession(context, { vsix: [await context.product()], env: account.env });
    const { workbench } = session;
    const { test } = context;
    const sent = watch(account);
    const rowsAfter = await stopwatch(workbench.page);

    await test('each view reads its rows by one request', async () => {
      await workbench.openViews('WorkOS');
      for (const view of ['Organizations', 'SSO Connections', 'Directories'])
        await workbench.view(view).getByRole('treeitem').nth(2).waitFor();
      assert.deepEqual((await sent()).toSorted(), ['/connections', '/directories', '/organizations']);
      await workbench.screenshot('large');
    });
    const organization = workbench.view('Organizations').getByRole('treeitem', { level: 1 }).nth(0);
    await test('an organization opens without a request, and each of its parts by one', async () => {
      await workbench.expand(organization);
      await workbench.row('Organizations', 'Domains').first().waitFor();
      assert.deepEqual(await sent(), []);
      for (const [part, path] of [
        [/^SSO Connections/u, '/connections'],
        [/^Directories/u, '/directories'],
        [/^Recent Security Events/u, '/events'],
      ] as const) {
        await workbench.expand(workbench.row('Organizations', part).first());
        assert.deepEqual(await sent(), [path]);
      }
      await workbench.expand(workbench.row('Organizations', 'Domains').first());
      assert.deepEqual(await sent(), []);
    });
    await test('collapsing, expanding again, scrolling and hovering send nothing', async () => {
      const twistie = organization.locator('.monaco-tl-twistie');
      await twistie.click();
      await twistie.click();
      const rows = workbench.view('Organizations').getByRole('tree');
      await rows.hover();
      for (let turn = 0; turn < SCROLLS; turn += 1) await workbench.page.mouse.wheel(0, 400);
      await workbench.view('Directories').getByRole('treeitem').nth(1).hover();
      assert.deepEqual(await sent(), []);
    });
    await test('"Load more…" reads the next page by one request', async () => {
      const more = workbench.row('Organizations', 'Load more…').last();
      await workbench.execute('workos.organizations.focus');
      await workbench.page.keyboard.press('End');
      await more.click();
      assert.deepEqual(await sent(), ['/organizations']);
    });
    await test('a directory opens without a request, its groups and users by one each', async () => {
      const directory = workbench.view('Directories').getByRole('treeitem', { level: 1 }).nth(0);
      await workbench.expand(directory);
      await workbench
        .row('Directories', /^Groups/u)
        .first()
        .waitFor();
      assert.deepEqual(await sent(), []);
      await workbench.expand(workbench.row('Directories', /^Groups/u).first());
      assert.deepEqual(await sent(), ['/directory_groups']);
      await workbench.expand(workbench.row('Directories', /^Users/u).first());
      assert.deepEqual(await sent(), ['/directory_users']);
    });
    // Told, not asserted: how fast this machine is says nothing about the code.
    process.stdout.write(`  rows stood there ${(await rowsAfter()).join(', ')} ms after each click\n`);
  },
};

/** Runs in the page, whose types are not ours. */
const STOPWATCH = `(() => {
  const times = (globalThis.rowTimes = []);
  const look = ({ target }) => {
    const row = target.closest('[role=treeitem]');
    if (!row || row.getAttribute('aria-expanded') !== 'false') return;
    const list = row.closest('.monaco-list');
    const index = Number(row.dataset.index);
    const level = Number(row.getAttribute('aria-level'));
    const start = performance.now();
    const timer = setInterval(() => {
      const ms = performance.now() - start;
      const next = list.querySelector('[data-index="' + (index + 1) + '"]');
      const there = next && Number(next.getAttribute('aria-level')) > level;
      if (there) times.push(Math.round(ms));
      if (there || ms > 5000) clearInterval(timer);
    }, 5);
  };
  addEventListener('mousedown', look, true);
})()`;

/** Measures how long after the click its first child stands below a row, in milliseconds. */
async function stopwatch(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(STOPWATCH);
  return () => page.evaluate<number[]>('globalThis.rowTimes');
}

/** The paths asked for since the last look, once none has come in for a while. */
function watch({ sandbox }: HostAccount): () => Promise<string[]> {
  let seen = 0;
  return async () => {
    await until('the requests to stop', async () => {
      const { length } = sandbox.requests.entries;
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
      return sandbox.requests.entries.length === length;
    });
    const fresh = sandbox.requests.entries.slice(seen).map(({ path }) => path);
    seen = sandbox.requests.entries.length;
    return fresh;
  };
}
