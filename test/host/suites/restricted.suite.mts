// Where VS Code or an administrator forbids MCP or AI: nothing breaks, and people still see their account.
import assert from 'node:assert/strict';
import { startHostAccount } from '../harness/account.mts';
import { startSession, type SessionOptions } from '../harness/session.mts';
import type { Suite } from '../harness/suite.mts';

const TOOLS = 10;

interface Place {
  readonly options: SessionOptions;
  /** VS Code starts no MCP server there. Without AI features it still does, for other extensions. */
  readonly forbidsServers: boolean;
}

const PLACES: Readonly<Record<string, Place>> = {
  'in Restricted Mode': { options: { trusted: false }, forbidsServers: true },
  'with chat.mcp.access: none': {
    options: { settings: { 'chat.mcp.access': 'none' } },
    forbidsServers: true,
  },
  'with chat.disableAIFeatures': {
    options: { settings: { 'chat.disableAIFeatures': true } },
    forbidsServers: false,
  },
};

export const suite: Suite = {
  timeoutMs: 240_000,
  run: async (context) => {
    await using account = await startHostAccount();
    const vsix = [await context.product()];
    for (const [place, { options, forbidsServers }] of Object.entries(PLACES)) {
      await using session = await startSession(context, { vsix, env: account.env, ...options });
      const { workbench } = session;
      await context.test(`${place} the trees show the account`, async () => {
        await workbench.openViews('WorkOS');
        await workbench.expand(workbench.row('Organizations', 'Acme Corp'));
        await workbench.row('Organizations', 'Domains').waitFor();
        await workbench.row('Directories', 'Acme Okta Directory').waitFor();
        await workbench.screenshot(place.replaceAll(/[^a-z]+/giu, '-'));
      });
      await context.test(
        `${place} the extension is active, and servers start only where they may`,
        async () => {
          const state = await workbench.host(async ({ vscode }) => {
            // Where it is forbidden this answers, throws, or waits for ever: then too there must be no tool.
            const started = vscode.commands.executeCommand('workbench.mcp.startServer', '*', {
              waitForLiveTools: true,
            });
            const patience = new Promise((resolve) => setTimeout(resolve, 3_000));
            await Promise.race([started, patience]).then(undefined, () => undefined);
            return {
              active: vscode.extensions.getExtension('workos-mcp.workos-mcp')?.isActive,
              tools: vscode.lm.tools.filter(({ name }) => name.startsWith('mcp_workos_')).length,
            };
          });
          assert.deepEqual(state, { active: true, tools: forbidsServers ? 0 : TOOLS });
          assert.equal(await workbench.page.locator('.notification-toast .codicon-error').count(), 0);
        },
      );
    }
  },
};
