// An organization whose names are an attack: nothing of it becomes a link, an image, an icon or a request.
import assert from 'node:assert/strict';
import { startHostAccount } from '../harness/account.mts';
import { startSession } from '../harness/session.mts';
import type { Suite } from '../harness/suite.mts';
import { until } from '../harness/tests.mts';

const EVIL = 'evil.example';
const NAME = `Evil $(flame) ![x](https://${EVIL}/a.png) [run](command:workbench.action.newWindow) <img src="https://${EVIL}/b.png"> \u202Egpj\u200B`;

export const suite: Suite = {
  run: async (context) => {
    await using account = await startHostAccount();
    const { organizations, connections, directories } = account.sandbox.account;
    const acme = organizations.find(({ name }) => name === 'Acme Corp')!;
    acme.name = NAME;
    for (const row of [...connections, ...directories]) if (row.organization_id === acme.id) row.name = NAME;
    await using session = await startSession(context, { vsix: [await context.product()], env: account.env });
    const { workbench } = session;
    const { page } = workbench;
    const leaks: string[] = [];
    session.browser.on('request', (request) => {
      if (new URL(request.url()).hostname.endsWith(EVIL)) leaks.push(request.url());
    });
    const harmless = async () => {
      assert.equal(await page.locator('.codicon-flame').count(), 0);
      assert.equal(await page.locator('a[href*="newWindow"], a[data-href*="newWindow"]').count(), 0);
      assert.equal(await page.locator(`img[src*="${EVIL}"]`).count(), 0);
      assert.deepEqual(leaks, []);
    };
    await context.test('rows, groups and tooltips show it as text', async () => {
      await workbench.openViews('WorkOS');
      const row = workbench.row('Organizations', /^Evil/u).first();
      await row.locator('.monaco-icon-label').hover();
      await page.mouse.move(150, (await row.boundingBox())!.y + 10, { steps: 5 });
      await page.locator('.monaco-hover').filter({ hasText: 'Evil', visible: true }).first().waitFor();
      await workbench.screenshot('tooltip');
      await harmless();
      const label = await row.innerText();
      assert.doesNotMatch(label, /[\u202A-\u202E\u2066-\u2069\u200B]/u);
    });
    await context.test('its details, and their preview, hold no link, image or command', async () => {
      await workbench.chooseFromMenu(workbench.row('Organizations', /^Evil/u).first(), 'Open Details');
      await until('the document', () =>
        workbench.host(
          ({ vscode }) => vscode.window.activeTextEditor?.document.getText().includes('Evil') ?? false,
        ),
      );
      await harmless();
      await workbench.execute('markdown.showPreview');
      const preview = workbench.webview;
      await preview.getByRole('heading', { name: /Evil/u }).waitFor();
      await workbench.screenshot('preview');
      assert.equal(await preview.locator('img').count(), 0);
      assert.equal(await preview.locator(`a[href*="${EVIL}"], a[href^="command:"]`).count(), 0);
      await harmless();
    });
    await context.test('pickers and messages show it as text', async () => {
      await workbench.runCommand('WorkOS: Security Events');
      await workbench.quickInput.getByRole('option').filter({ hasText: 'Evil' }).waitFor();
      await workbench.screenshot('picker');
      await harmless();
      await page.keyboard.press('Escape');
      await workbench.quickInput.waitFor({ state: 'hidden' });
      await workbench.chooseFromMenu(
        workbench.row('Organizations', /^Evil/u).first(),
        'Ask Copilot About This',
      );
      await page.waitForTimeout(500);
      await workbench.screenshot('question');
      await harmless();
    });
  },
};
