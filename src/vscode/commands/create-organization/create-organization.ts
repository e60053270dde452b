import * as vscode from 'vscode';
import type { Accounts } from '../../environments/accounts.ts';
import { cleanLabel } from '../../text/clean-text.ts';
import type { StoredEnvironment } from '../../environments/environments.ts';
import { withCancel } from '../../progress.ts';
import type { WriteAccess } from '../../environments/write-access.ts';
import { organizationQuestions } from './organization-questions.ts';
import { emptyDraft, inputOf, type OrganizationDraft } from './organization-draft.ts';
import { firstFew } from '../../views/tooltips.ts';
import { adviceFor } from './creation-failure.ts';
import { type Created, reviewStep } from './organization-review.ts';
import { PERSON } from '../../caller.ts';
import { cleanSentences } from '../../text/sentences.ts';
import { runSteps } from '../steps.ts';
import { tellError } from '../tell-error.ts';
import { ensureWrites } from '../write-commands.ts';

export interface CreateOptions {
  readonly accounts: Accounts;
  readonly environment: StoredEnvironment;
  readonly access: WriteAccess;
  /** Told when the account has changed, or may have. */
  readonly written: () => void;
}

/**
 * Asks for an organization, shows what would be written and what is there already, and creates it. Everything
 * happens in the environment it began in. A failure leads back to the review: what was typed is still there.
 */
export async function createOrganization(options: CreateOptions): Promise<Created | undefined> {
  const { accounts, environment, access } = options;
  if (!(await ensureWrites(environment, access))) return undefined;
  const draft = emptyDraft();
  const title = vscode.l10n.t('WorkOS: Create Organization');
  const invoke = accounts.at(environment);
  let created: Created | undefined;
  const review = reviewStep({
    title,
    draft,
    environment,
    invoke,
    accept: async () => {
      if (!(await confirmProduction(draft, environment))) return 'stay';
      // The 15 minutes may be over by now.
      if (!(await ensureWrites(environment, access))) return 'stay';
      const outcome = await create(options, draft);
      if (outcome.ok || outcome.error.code === 'OUTCOME_UNKNOWN') options.written();
      if (outcome.ok) {
        created = outcome.value.organization;
        return 'created';
      }
      if (outcome.error.code === 'DECLINED') return 'stay';
      // Besides the review, which may be left.
      void tellError({ message: outcome.error.message, hint: adviceFor(outcome.error) }, { again: false });
      return outcome.error;
    },
  });
  const finished = await runSteps(() => [...organizationQuestions(title, draft), review]);
  return finished ? created : undefined;
}

/** On production the review is not enough: the consequence is put into words once more. */
async function confirmProduction(draft: OrganizationDraft, environment: StoredEnvironment): Promise<boolean> {
  if (environment.kind !== 'production') return true;
  const { name, domains, domain_state } = inputOf(draft);
  const shown = firstFew(domains, 10);
  const consequence =
    domain_state === 'verified'
      ? vscode.l10n.t(
          'Its domains count as verified at once: {0}. Sign-ins from them may be routed to it.',
          shown,
        )
      : vscode.l10n.t('Its domains wait for a DNS record: {0}.', shown);
  const detail = [
    vscode.l10n.t(
      'It is created for your customers to see, in the production environment "{0}".',
      cleanLabel(environment.name),
    ),
    consequence,
    vscode.l10n.t('This extension cannot delete it again.'),
  ].join('\n');
  const yes = vscode.l10n.t('Create in Production');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Create the organization "{0}" in production?', cleanLabel(name)),
    { modal: true, detail },
    yes,
  );
  return answer === yes;
}

function create({ accounts, environment }: CreateOptions, draft: OrganizationDraft) {
  const input = inputOf(draft);
  return withCancel(vscode.l10n.t('Creating {0}…', cleanLabel(input.name)), ({ signal, report }) =>
    accounts.at(environment)('create_workos_organization', input, PERSON, {
      signal,
      progress: ({ message }) => report(message),
      confirm: confirmSameName,
    }),
  );
}

/** The tool asks when an organization of this name exists. */
async function confirmSameName(question: string): Promise<boolean> {
  const yes = vscode.l10n.t('Create Another');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('An organization with this name already exists.'),
    { modal: true, detail: cleanSentences(question) },
    yes,
  );
  return answer === yes;
}
