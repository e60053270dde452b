import * as vscode from 'vscode';
import type { Invoke } from '../../../gateway/gateway.ts';
import type { Output } from '../../../tools/registry.ts';
import { pickerLabel } from '../../text/clean-text.ts';
import type { StoredEnvironment } from '../../environments/environments.ts';
import { COMMANDS } from '../../ids.ts';
import { kindText } from '../../environments/kind-text.ts';
import { adviceFor, type Failure, failureTitle } from './creation-failure.ts';
import { inputOf, type OrganizationDraft } from './organization-draft.ts';
import { PERSON } from '../../caller.ts';
import { cleanQuestion } from '../../text/sentences.ts';
import { askPick, type Choice, separator } from '../step-inputs.ts';
import type { Step } from '../steps.ts';
import { wrapText } from './wrap-text.ts';

export type Created = Output<'create_workos_organization'>['organization'];
type Organization = Output<'list_workos_organizations'>['items'][number];

/** A choice of the review: create it, look again, read the log, or change an answer. */
type Choose = 'create' | 'again' | 'log' | { readonly to: string };

const SIMILAR = 5;
/** As many as a row of the list shows whole, beside the label of its section. */
const ROW_CHARACTERS = 64;

export interface Review {
  readonly title: string;
  readonly draft: OrganizationDraft;
  readonly environment: StoredEnvironment;
  readonly invoke: Invoke;
  /** Creates it. `stay` when the person thought better of it. */
  readonly accept: () => Promise<'created' | 'stay' | Failure>;
}

/** The last step: names the environment and the object, says what exists already, and leads back to each answer. */
export function reviewStep(review: Review): Step {
  return {
    id: 'review',
    ask: async (place) => {
      // Why the last attempt failed; on the way back to an answer it is forgotten.
      let failure: Failure | undefined;
      for (;;) {
        const answer = await askPick<Choose>({
          title: review.title,
          place,
          placeholder: vscode.l10n.t('Review, then create. Choose an answer to change it.'),
          choices: [checking(), ...answerRows(review.draft)],
          later: (signal) => check(review, failure, signal),
        });
        if (typeof answer === 'string') return answer;
        const { value } = answer;
        if (typeof value === 'object') return value;
        if (value === 'log') await vscode.commands.executeCommand(COMMANDS.showLog);
        if (value !== 'create') continue;
        const end = await review.accept();
        if (end === 'created') return 'next';
        failure = end === 'stay' ? undefined : end;
      }
    },
  };
}

function checking(): Choice<Choose> {
  return { label: `$(loading~spin) ${vscode.l10n.t('Checking for duplicates…')}` };
}

/** Tries it without writing, and looks for organizations of a similar name. */
async function check(
  review: Review,
  failed: Failure | undefined,
  signal: AbortSignal,
): Promise<Choice<Choose>[]> {
  const { draft, invoke } = review;
  const input = inputOf(draft);
  const [planned, similar] = await Promise.all([
    // A question about an equal name is asked when it is created; the list below shows it already.
    invoke('create_workos_organization', { ...input, dry_run: true }, PERSON, {
      signal,
      confirm: async () => true,
    }),
    invoke('list_workos_organizations', { search: input.name, limit: SIMILAR }, PERSON, { signal }),
  ]);
  return [
    ...(failed === undefined ? [] : errorRows(failureTitle(failed), failed)),
    ...(planned.ok
      ? [createRow(review)]
      : errorRows(vscode.l10n.t('It can’t be created as entered'), planned.error)),
    ...(failed !== undefined || !planned.ok ? retryRows() : []),
    ...answerRows(draft),
    ...(similar.ok ? similarRows(similar.value.items) : []),
  ];
}

function createRow({ draft, environment }: Review): Choice<Choose> {
  const name = pickerLabel(environment.name);
  return {
    label: `$(check) ${vscode.l10n.t('Create "{0}"', pickerLabel(draft.name))}`,
    detail: vscode.l10n.t('In {0}, a {1} environment', name, kindText(environment.kind)),
    value: 'create',
    alwaysShow: true,
  };
}

function errorRows(label: string, failure: Failure): Choice<Choose>[] {
  const [first = '', ...rest] = [failure.message, adviceFor(failure)].flatMap((text) =>
    wrapText(cleanQuestion(text), ROW_CHARACTERS),
  );
  return [
    separator(label),
    { label: `$(error) ${first}`, alwaysShow: true },
    ...rest.map((text) => ({ label: `$(blank) ${text}`, alwaysShow: true })),
  ];
}

function retryRows(): Choice<Choose>[] {
  return [
    { label: `$(refresh) ${vscode.l10n.t('Check Again')}`, value: 'again', alwaysShow: true },
    { label: `$(output) ${vscode.l10n.t('Show Log')}`, value: 'log', alwaysShow: true },
  ];
}

function answerRows(draft: OrganizationDraft): Choice<Choose>[] {
  const { name, domains, domain_state, external_id, metadata = {} } = inputOf(draft);
  const state = domain_state === 'pending' ? vscode.l10n.t('pending') : vscode.l10n.t('verified');
  const pairs = Object.entries(metadata).map(([key, value]) => `${key}=${value}`);
  const rows = [
    answerRow('tag', vscode.l10n.t('Name'), name, 'name'),
    answerRow('globe', vscode.l10n.t('Domains'), domains.join(', '), 'domains'),
    answerRow('verified', vscode.l10n.t('State of the domains'), state, 'domainState'),
  ];
  if (external_id !== undefined)
    rows.push(answerRow('symbol-key', vscode.l10n.t('External ID'), external_id, 'externalId'));
  if (pairs.length > 0)
    rows.push(answerRow('list-flat', vscode.l10n.t('Metadata'), pairs.join(', '), 'metadata'));
  return [separator(vscode.l10n.t('What will be created')), ...rows];
}

function answerRow(icon: string, label: string, text: string, to: string): Choice<Choose> {
  return { label: `$(${icon}) ${label}`, description: pickerLabel(text), value: { to } };
}

function similarRows(organizations: readonly Organization[]): Choice<Choose>[] {
  if (organizations.length === 0) return [];
  return [
    separator(vscode.l10n.t('Organizations with a similar name')),
    ...organizations.map(({ id, name = '', domains = [] }) => ({
      label: `$(organization) ${pickerLabel(name || id)}`,
      description: pickerLabel(id),
      detail: pickerLabel(domains.map(({ domain }) => domain).join(', ')),
    })),
  ];
}
