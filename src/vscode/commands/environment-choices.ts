import * as vscode from 'vscode';
import { pickerLabel } from '../text/clean-text.ts';
import type { StoredEnvironment } from '../environments/environments.ts';
import { joinParts } from '../text/join-parts.ts';
import { kindText } from '../environments/kind-text.ts';
import type { Choice } from './step-inputs.ts';

/** Environments as a list to choose from. */
export function environmentChoices(
  environments: readonly StoredEnvironment[],
  activeId: string | undefined,
): Choice<StoredEnvironment>[] {
  return environments.map((environment) => {
    const { id, name, kind, baseUrl } = environment;
    const active = id === activeId;
    const parts = [kindText(kind), active ? vscode.l10n.t('active') : '', host(baseUrl)];
    return {
      label: `${active ? '$(check)' : '$(shield)'} ${pickerLabel(name)}`,
      description: pickerLabel(joinParts(parts)),
      value: environment,
    };
  });
}

/** The sample account has no address of its own. */
function host(baseUrl: string): string {
  return URL.parse(baseUrl)?.host ?? '';
}
