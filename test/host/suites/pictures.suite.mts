// The pictures of the README, taken from the product as it is; with UPDATE_PICTURES=1 they take their place there.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startHostAccount } from '../harness/account.mts';
import { COPILOT_SETTINGS, startCopilot } from '../harness/copilot.mts';
import { plan, type Result } from '../harness/plan.mts';
import { startSession } from '../harness/session.mts';
import type { Suite } from '../harness/suite.mts';
import { until } from '../harness/tests.mts';
import type { Workbench } from '../harness/workbench.mts';

const README = resolve(import.meta.dirname, '../../../media/readme');
const TOOLTIP_MS = 3_000;
const SIZE = { width: 1280, height: 800 };

interface Connection {
  readonly name: string;
  readonly state: string;
  readonly provider: string;
  readonly id: string;
}

export const suite: Suite = {
  timeoutMs: 240_000,
  run: async (context) => {
    await using account = await startHostAccount();
    const vsix = [await context.product()];
    const options = {
      vsix,
      env: account.env,
      settings: { ...COPILOT_SETTINGS, 'editor.minimap.enabled': false },
    };
    await context.test(
      'the product in English',
      async () => {
        await using session = await startSession(context, options);
        const { workbench, model } = session;
        await workbench.page.setViewportSize(SIZE);
        await openDetails(workbench, 'Umbra Health', 'Open Details');
        await take(workbench, 'trees');
        await workbench.runCommand('WorkOS: Create Organization');
        await workbench.enter('Initech');
        await workbench.enter('initech.example');
        await workbench.pick('Pending');
        await workbench.pick('Continue');
        await workbench.quickInput.getByText('Create "Initech"').waitFor();
        await take(workbench, 'create');
        await workbench.page.keyboard.press('Escape');
        const chat = await startCopilot(workbench);
        model.script = plan(
          [{ tool: 'list_sso_connections', input: () => ({ organization: 'Acme Corp' }) }],
          ([found]) => answer(found),
        );
        await chat.ask("Check the status of SSO connections for 'Acme Corp'");
        await take(workbench, 'agent');
      },
      { timeoutMs: 90_000 },
    );
    await context.test(
      'the product in German',
      async () => {
        await using session = await startSession(context, { ...options, language: 'de' });
        const { workbench } = session;
        await workbench.page.setViewportSize(SIZE);
        await openDetails(workbench, 'Umbra Health', 'Details öffnen');
        await take(workbench, 'german');
      },
      { timeoutMs: 60_000 },
    );
  },
};

async function take(workbench: Workbench, name: string): Promise<void> {
  const picture = await workbench.screenshot(name);
  if (process.env['UPDATE_PICTURES'] === undefined) return;
  mkdirSync(README, { recursive: true });
  copyFileSync(picture, join(README, `${name}.png`));
}

async function openDetails(workbench: Workbench, organization: string, entry: string): Promise<void> {
  await workbench.openViews('WorkOS');
  const row = workbench.page
    .locator('.part.sidebar')
    .getByRole('treeitem', { name: organization, level: 1 })
    .first();
  await workbench.expand(row);
  await workbench.chooseFromMenu(row, entry);
  await until('the details', () =>
    workbench.host(
      ({ vscode }, name) => vscode.window.activeTextEditor?.document.getText().includes(name) ?? false,
      organization,
    ),
  );
  await workbench.execute('workbench.action.focusActiveEditorGroup');
  // Away from the rows, whose tooltips would cover others; one that stays spoils the picture and nothing else.
  await workbench.page.mouse.move(SIZE.width / 2, SIZE.height / 2, { steps: 5 });
  const tooltip = workbench.page.locator('.workbench-hover').first();
  await tooltip.waitFor({ state: 'hidden', timeout: TOOLTIP_MS }).catch(() => undefined);
}

/** What a model might make of the result, and nothing that is not in it. */
function answer(result: Result | undefined): string {
  const items = (result?.['items'] ?? []) as Connection[];
  const lines = items.map(
    ({ name, provider, state, id }) => `- **${name}** (${provider}): ${state}, \`${id}\``,
  );
  return `Acme Corp has ${items.length} SSO connections:\n\n${lines.join('\n')}`;
}
