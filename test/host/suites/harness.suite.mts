// Proves the harness itself, with an extension made for it.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { COPILOT_SETTINGS, startCopilot } from '../harness/copilot.mts';
import { buildExtension } from '../harness/driver.mts';
import { runInHost } from '../harness/in-host.mts';
import type { ModelScript } from '../harness/scripted-model.mts';
import { startSession } from '../harness/session.mts';
import type { Suite, SuiteContext } from '../harness/suite.mts';
import { packVsix } from '../harness/vsix.mts';

const HERE = import.meta.dirname;
const BUNDLE = resolve(HERE, '../../../dist/workos-mcp.js');

export const suite: Suite = {
  timeoutMs: 240_000,
  run: async (context) => {
    if (!existsSync(BUNDLE)) throw new Error('dist/workos-mcp.js is missing: run "npm run build" first.');
    const dir = mkdtempSync(join(tmpdir(), 'dummy-'));
    try {
      const vsix = packVsix(
        await buildExtension(join(HERE, 'dummy'), join(dir, 'dummy')),
        join(dir, 'dummy.vsix'),
      );
      const options = { vsix: [vsix], env: { DUMMY_BUNDLE: BUNDLE } };
      const entry = join(HERE, 'harness.host.ts');
      await runInHost(context, { ...options, entry, argument: { organizations: 5 } });
      await fromOutside(context, options);
      await byAgent(context, options);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

type Options = { vsix: string[]; env: Record<string, string> };

async function fromOutside(context: SuiteContext, options: Options): Promise<void> {
  const { test } = context;
  await using session = await startSession(context, options);
  const { workbench } = session;
  await test('a command runs from the palette, asks, notifies and asks modally', async () => {
    await workbench.runCommand('Dummy: Greet');
    await workbench.enter('World');
    await workbench.notification('Hello, World').waitFor();
    await workbench.screenshot('notification');
    await workbench.press(workbench.notification('Hello, World'), 'Hello');
    await workbench.dialog.filter({ hasText: 'Are we done?' }).waitFor();
    await workbench.screenshot('dialog');
    await workbench.press(workbench.dialog, 'Done');
    await workbench.dialog.waitFor({ state: 'detached' });
  });
  await test('a tree expands and its rows have menus', async () => {
    await workbench.openViews('Dummy');
    await workbench.expand(workbench.row('Fruits', 'Citrus'));
    await workbench.chooseFromMenu(workbench.row('Fruits', 'Lemon'), 'Mark Fruit');
    await workbench.notification('Marked Lemon').waitFor();
  });
  await test('pictures are taken in three themes', async () => {
    await workbench.clearNotifications();
    const paths = await workbench.screenshots('tree');
    assert.equal(paths.length, 3);
    assert.ok(paths.every((path) => statSync(path).size > 10_000));
  });
  await test('two windows have an extension host each, and a reload keeps secrets', async () => {
    const second = await session.openWindow();
    const pid = ({ require }: { require: NodeJS.Require }) => require('node:process').pid as number;
    assert.notEqual(await workbench.host(pid), await second.host(pid));
    await second.host(({ context: { secrets } }) => secrets.store('kept', 'yes'));
    await second.page.waitForTimeout(1_000);
    await second.open();
    assert.equal(await second.host(({ context: { secrets } }) => secrets.get('kept')), 'yes');
  });
}

async function byAgent(context: SuiteContext, options: Options): Promise<void> {
  const { test } = context;
  await using session = await startSession(context, { ...options, settings: COPILOT_SETTINGS });
  const { workbench, model } = session;
  const chat = await startCopilot(workbench);
  const limit = { timeoutMs: 60_000 };
  const asks = async () => {
    model.script = callOnce('list_workos_organizations', {}, (text) => {
      const { items } = JSON.parse(text) as { items: { name: string }[] };
      return `There are ${items.length}: ${items.map(({ name }) => name).join(', ')}.`;
    });
    assert.equal(await chat.ask('List all organizations in my WorkOS account'), 'answered');
    assert.match(await chat.answer(), /There are 5: .*Acme Corp/u);
    assert.equal(model.turns.length, 2);
    await workbench.screenshot('agent-answer');
  };
  await test('the Copilot agent calls a tool and answers with its result', asks, limit);
  const input = { name: 'Initech', domains: ['initech.example'] };
  const writes = async () => {
    model.script = callOnce('create_workos_organization', input, (text) => `It said: ${text}`);
    assert.equal(await chat.ask('Create the organization Initech'), 'asks');
    await workbench.screenshot('agent-asks');
    assert.equal(await chat.skip(), 'answered');
    assert.doesNotMatch(await chat.answer(), /org_/u);
    assert.equal(await chat.ask('Create the organization Initech'), 'asks');
    assert.equal(await chat.permit(), 'asks');
    assert.equal(await chat.accept(), 'answered');
    assert.match(await chat.answer(), /It said: .*org_/u);
    await workbench.screenshot('agent-permitted');
  };
  await test('a tool that writes asks each time; skipped it does nothing', writes, limit);
  const fillsIn = async () => {
    Object.assign(input, { name: 'Acme Corp', domains: ['acme.example'] });
    assert.equal(await chat.ask('Create another Acme Corp'), 'asks');
    assert.equal(await chat.permit(), 'asks');
    await workbench.screenshot('agent-form');
    assert.equal(await chat.submit(), 'answered');
    // The question is answered no until the person says yes.
    assert.match(await chat.answer(), /It said: .*DECLINED/u);
  };
  await test("a tool's own question is answered in the chat", fillsIn, limit);
}

/** Calls the offered tool of this name, then says what `compose` makes of its answer. */
function callOnce(name: string, input: object, compose: (text: string) => string): ModelScript {
  return ({ tools, answers }) => {
    const [answer] = answers;
    if (answer !== undefined) return { say: compose(answer.text) };
    const tool = tools.find((offered) => offered.name.endsWith(name));
    return tool === undefined ? { say: `There is no ${name}.` } : { call: tool.name, input };
  };
}
