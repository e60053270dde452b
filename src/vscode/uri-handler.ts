import * as vscode from 'vscode';
import type { DetailDocuments } from './details/documents.ts';
import { parseTarget } from './details/target.ts';
import type { Environments } from './environments/environments.ts';
import { COMMANDS } from './ids.ts';

/**
 * Opens details from a link, as `vscode://workos-mcp.workos-mcp/organization/org_…`. A link names an object and nothing
 * else: queries are not looked at, and whatever is no such path is refused.
 */
export function createUriHandler(environments: Environments, details: DetailDocuments): vscode.UriHandler {
  return {
    handleUri: async ({ path }) => {
      const target = parseTarget(path, { titled: false });
      if (target === undefined) {
        await vscode.window.showErrorMessage(
          vscode.l10n.t(
            'This link names no organization, connection or directory of WorkOS. Nothing was opened.',
          ),
        );
        return;
      }
      if (environments.active() === undefined) await offerEnvironment();
      const environment = environments.active();
      if (environment !== undefined) await details.open({ ...target, name: target.id }, environment);
    },
  };
}

async function offerEnvironment(): Promise<void> {
  const sample = vscode.l10n.t('Explore Sample Account');
  const add = vscode.l10n.t('Add Environment…');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('The link opens an object of a WorkOS environment, and this window has none yet.'),
    sample,
    add,
  );
  if (chosen === sample) await vscode.commands.executeCommand(COMMANDS.exploreSampleAccount);
  if (chosen === add) await vscode.commands.executeCommand(COMMANDS.addEnvironment);
}
