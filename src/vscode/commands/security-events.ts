import * as vscode from 'vscode';
import { rangeText, sourceText } from '../events/render-events.ts';
import {
  KEPT_DAYS,
  parseDays,
  RANGES,
  type Range,
  type RangeProblem,
  type Source,
} from '../events/question.ts';
import type { OneAccount } from './one-account.ts';
import { type PickedOrganization, pickOrganization } from './pick-organization.ts';
import type { CommandServices } from './services.ts';
import { askPick } from './step-inputs.ts';

/** Asks for range and source, reads the security events of an organization and shows them. */
export async function securityEvents(
  { accounts, environments, events }: OneAccount & Pick<CommandServices, 'events'>,
  given: PickedOrganization | undefined,
): Promise<void> {
  const title = vscode.l10n.t('WorkOS: Security Events');
  const environment = environments.active();
  const organization = given ?? (await pickOrganization(accounts.at(environment), { title }));
  if (organization === undefined) return;
  const range = await askRange(title);
  if (range === undefined) return;
  const source = await askSource(title);
  if (source === undefined) return;
  const { id, name } = organization;
  await events.open({ organization: id, source, range }, name, environment);
}

async function askRange(title: string): Promise<Range | undefined> {
  const [usual, custom] = ['30d', 'custom'];
  const named = Object.keys(RANGES).map((range) => ({
    label: rangeText(vscode.l10n, range),
    description: range === usual ? vscode.l10n.t('default') : '',
    value: range,
  }));
  const days = {
    label: vscode.l10n.t('Custom…'),
    description: vscode.l10n.t('first and last day'),
    value: custom,
  };
  const placeholder = vscode.l10n.t('How far back? WorkOS keeps events for {0} days.', KEPT_DAYS);
  const answer = await askPick({
    title,
    placeholder,
    choices: [...named, days],
    active: (range) => range === usual,
  });
  if (typeof answer === 'string') return undefined;
  return answer.value === custom ? askDays(title) : answer.value;
}

async function askDays(title: string): Promise<Range | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('First and last day, in UTC. Without a last day: until now.'),
    placeHolder: '2026-11-01 2026-11-15',
    ignoreFocusOut: true,
    validateInput: (text) => {
      const parsed = parseDays(text, new Date());
      return 'problem' in parsed ? problemText(parsed.problem) : undefined;
    },
  });
  if (typed === undefined) return undefined;
  const parsed = parseDays(typed, new Date());
  return 'range' in parsed ? parsed.range : undefined;
}

function problemText(problem: RangeProblem): string {
  switch (problem) {
    case 'format':
      return vscode.l10n.t('Write one or two days as 2026-11-01 2026-11-15.');
    case 'order':
      return vscode.l10n.t('The first day has to be before the last one.');
    case 'future':
      return vscode.l10n.t('The first day is in the future.');
    case 'old':
      return vscode.l10n.t('WorkOS keeps events for {0} days only.', KEPT_DAYS);
    default:
      return problem;
  }
}

async function askSource(title: string): Promise<Source | undefined> {
  const details: readonly (readonly [Source, string])[] = [
    ['both', vscode.l10n.t('Everything that is known, merged by time')],
    [
      'events',
      vscode.l10n.t('Sign-ins, directory sync, changes of SSO connections and domains: what WorkOS saw'),
    ],
    [
      'audit_log',
      vscode.l10n.t('What the customer-facing application recorded; read by an export, takes seconds'),
    ],
  ];
  const choices = details.map(([source, detail]) => ({
    label: sourceText(vscode.l10n, source),
    detail,
    value: source,
  }));
  const answer = await askPick({ title, placeholder: vscode.l10n.t('Which events?'), choices });
  return typeof answer === 'string' ? undefined : answer.value;
}
