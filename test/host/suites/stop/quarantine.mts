// A decoy that somebody shows to one window stops all of them, until a person has looked at what happened.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../harness/cli.mts';
import { callTool, connectCopied } from '../../harness/mcp-client.mts';
import { told } from '../../harness/notices.mts';
import { type Bench, LIST, refusesConnections, VIEWS } from './bench.mts';

const NOTICE = 'WorkOS is quarantined';
const DETAIL = 'Seen: the decoy connection token';

export async function quarantines({ test, session, windows }: Bench): Promise<void> {
  const [one, two] = windows;
  const decoy = () => {
    const text = readFileSync(join(session.server.root, 'state', 'mcp-client.json'), 'utf8');
    return /wmcp_\w+/u.exec(text)?.[0] ?? '';
  };
  let shown = '';
  await test('the decoy token, shown to the endpoint of a window, quarantines every window', async () => {
    await using here = await connectCopied(one);
    await using there = await connectCopied(two);
    assert.match(await callTool(here, LIST, {}), /Acme Corp/u);
    shown = decoy();
    const answer = await fetch(there.url, { method: 'POST', headers: { authorization: `Bearer ${shown}` } });
    assert.equal(answer.status, 401);
    for (const { url } of [here, there]) await refusesConnections(url);
    for (const window of windows) {
      const item = window.statusBarItem('WorkOS: Quarantined');
      await item.waitFor();
      assert.match((await item.getAttribute('class')) ?? '', /error-kind/u);
      if (window === one) await one.notification(NOTICE).waitFor();
      else await told(window, NOTICE);
      for (const view of VIEWS) await window.view(view).getByText('Stopped: the kill switch is on').waitFor();
    }
    await one.screenshot('quarantined');
  });
  await test('What Happened says what was seen, and resumes nothing', async () => {
    await one.press(one.notification(NOTICE), 'What Happened');
    await one.dialog.getByText(DETAIL).waitFor();
    assert.ok(!(await one.dialog.innerText()).includes(shown));
    await one.screenshot('what-happened');
    await one.press(one.dialog, 'Cancel');
    await one.statusBarItem('WorkOS: Quarantined').waitFor();
  });
  await test('Resume asks first, and there are other decoys afterwards', async () => {
    await one.clearNotifications();
    await one.statusBarItem('WorkOS: Quarantined').click();
    await one.dialog.getByText(DETAIL).waitFor();
    await one.press(one.dialog, 'Cancel');
    await one.statusBarItem('WorkOS: Quarantined').click();
    await one.press(one.dialog, 'Resume');
    await one.notification('WorkOS runs again').waitFor();
    for (const window of windows) {
      await window.row('Organizations', 'Acme Corp').waitFor();
      await window.clearNotifications();
    }
    assert.notEqual(decoy(), shown);
    await using client = await connectCopied(two);
    const answer = await fetch(client.url, { method: 'POST', headers: { authorization: `Bearer ${shown}` } });
    assert.equal(answer.status, 401);
    assert.match(await callTool(client, LIST, {}), /Acme Corp/u);
  });
  await test('what people do in terminals raises no alarm', async () => {
    for (const args of [['tokens', 'list'], ['audit', 'export'], ['stats']]) {
      assert.ok(!(await runCli(session.server, ...args)).includes(decoy()));
    }
    await two.statusBarItem('Sample account').waitFor();
  });
}
