// The extension in a real VS Code: from inside, as a person sees it, and as the Copilot agent uses it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COPILOT_SETTINGS, startCopilot } from '../harness/copilot.mts';
import { runInHost } from '../harness/in-host.mts';
import { packProduct } from '../harness/product.mts';
import { startSession } from '../harness/session.mts';
import type { Suite, SuiteContext } from '../harness/suite.mts';
import { until } from '../harness/tests.mts';

export const suite: Suite = {
  timeoutMs: 300_000,
  run: async (context) => {
    const dir = mkdtempSync(join(tmpdir(), 'product-'));
    try {
      const options = { vsix: [packProduct(dir)] };
      await runInHost(context, { ...options, entry: join(import.meta.dirname, 'extension.host.ts') });
      await asPerson(context, options);
      await byAgent(context, options);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

async function asPerson(context: SuiteContext, options: { vsix: string[] }): Promise<void> {
  const { test } = context;
  await using session = await startSession(context, options);
  const { workbench } = session;
  await test('the welcome view leads to the sample account, and the trees show it', async () => {
    await workbench.openViews('WorkOS');
    await workbench.screenshot('welcome');
    await workbench.runCommand('WorkOS: Explore Sample Account');
    await workbench.row('Organizations', 'Acme Corp').waitFor();
    await workbench.expand(workbench.row('Organizations', 'Acme Corp'));
    await workbench.expand(workbench.row('Organizations', 'Domains'));
    await workbench.row('Organizations', 'acme.io').waitFor();
    await workbench.row('SSO Connections', 'Stark ADFS SAML').waitFor();
    await workbench.expand(workbench.row('Directories', 'Acme Okta Directory'));
    await workbench.expand(workbench.row('Directories', /^Users\s*$/u));
    await workbench.row('Directories', 'John Doe').waitFor();
    await workbench.screenshots('trees');
  });
  await test('details open as a document with findings first', async () => {
    await workbench.chooseFromMenu(workbench.row('Organizations', 'Umbra Health'), 'Open Details');
    const text = () =>
      workbench.host(({ vscode }) => vscode.window.activeTextEditor?.document.getText() ?? '');
    await until('the document', async () => (await text()).includes('failed verification'));
    assert.match(await text(), /^# Umbra Health\n\n- \*\*high\*\* /u);
    await workbench.screenshot('details');
  });
  await test('Create Organization asks, shows what it would write, and writes it', async () => {
    await workbench.runCommand('WorkOS: Create Organization');
    await workbench.enter('Initech');
    await workbench.enter('initech.example');
    await workbench.pick('Pending');
    await workbench.pick('Continue');
    await workbench.quickInput.getByText('Create "Initech"').waitFor();
    await workbench.screenshot('create-review');
    await workbench.pick('Create "Initech"');
    await workbench.notification('Created Initech').waitFor();
    await workbench.row('Organizations', 'Initech').waitFor();
    await workbench.screenshot('created');
  });
}

async function byAgent(context: SuiteContext, options: { vsix: string[] }): Promise<void> {
  const { test } = context;
  await using session = await startSession(context, { ...options, settings: COPILOT_SETTINGS });
  const { workbench, model } = session;
  await workbench.runCommand('WorkOS: Explore Sample Account');
  const chat = await startCopilot(workbench);
  const asks = async () => {
    model.script = ({ tools, answers }) => {
      const [answer] = answers;
      if (answer !== undefined) {
        const { items } = JSON.parse(answer.text) as { items: { name: string }[] };
        return { say: `There are ${items.length}: ${items.map(({ name }) => name).join(', ')}.` };
      }
      const tool = tools.find(({ name }) => name.endsWith('list_workos_organizations'));
      return tool === undefined ? { say: 'No such tool.' } : { call: tool.name, input: {} };
    };
    assert.equal(await chat.ask('List all organizations in my WorkOS account'), 'answered');
    assert.match(await chat.answer(), /There are 5: .*Acme Corp/u);
    await workbench.screenshot('agent');
  };
  await test('the Copilot agent answers from the extension’s own server', asks, { timeoutMs: 60_000 });
}
