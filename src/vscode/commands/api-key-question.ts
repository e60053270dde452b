import * as vscode from 'vscode';
import type { Accounts } from '../environments/accounts.ts';
import { keyFault, type KeyFault, kindOfKey, trialFault } from '../environments/api-key.ts';
import type { StoredEnvironment } from '../environments/environments.ts';
import { PERSON } from '../caller.ts';
import { type Answer, askText } from './step-inputs.ts';
import type { StepPlace } from './steps.ts';

export interface KeyQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly place?: StepPlace;
  readonly value?: string;
  readonly baseUrl: string;
  /** The kind of environment it must be of; left out, any. */
  readonly kind?: StoredEnvironment['kind'];
  readonly keep?: (key: string) => void;
}

/** Asks for an API key and tries it with a real call; the box stays open, with what is wrong, until it works. */
export function askKey(accounts: Accounts, question: KeyQuestion): Promise<Answer<string>> {
  const { baseUrl, kind } = question;
  return askText({
    ...question,
    placeholder: vscode.l10n.t('sk_test_… or sk_live_…'),
    password: true,
    problem: (text) => {
      const fault = keyFault(text.trim(), kind);
      return fault && faultText(fault, kind);
    },
    check: (text, signal) => tryKey(accounts, { apiKey: text.trim(), baseUrl, signal }),
  });
}

function faultText(fault: KeyFault, kind: StoredEnvironment['kind'] = 'staging'): string {
  if (fault === 'format')
    return vscode.l10n.t('A WorkOS API key starts with sk_test_ or sk_live_ and has no spaces.');
  if (fault === 'test')
    return vscode.l10n.t(
      'This is a test key (sk_test_), but the environment is production: it needs a key that starts with sk_live_.',
    );
  return kind === 'sandbox'
    ? vscode.l10n.t(
        'This is a production key (sk_live_), but the environment is a sandbox: it needs a key that starts with sk_test_.',
      )
    : vscode.l10n.t(
        'This is a production key (sk_live_), but the environment is staging: it needs a key that starts with sk_test_.',
      );
}

interface Trial {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly signal: AbortSignal;
}

/** What a call with the key says against it. */
async function tryKey(accounts: Accounts, { apiKey, baseUrl, signal }: Trial): Promise<string | undefined> {
  const kind = kindOfKey(apiKey, baseUrl);
  const trial = accounts.trial({ apiKey, baseUrl, name: kind, kind });
  const outcome = await trial.invoke('list_workos_organizations', { limit: 1 }, PERSON, { signal });
  void trial.close();
  if (outcome.ok || signal.aborted) return undefined;
  const { code, message } = outcome.error;
  const fault = trialFault(code);
  if (fault === 'refused')
    return vscode.l10n.t(
      'WorkOS does not accept this key (401). Copy it again from the dashboard; it may have been revoked.',
    );
  if (fault === 'other') return vscode.l10n.t('The key could not be tried: {0}', message);
  const host = new URL(baseUrl).host;
  return (await saveUntried(host))
    ? undefined
    : vscode.l10n.t('{0} can’t be reached. Check the network and press Enter to try again.', host);
}

/** Only when nobody could say whether the key is good. */
async function saveUntried(host: string): Promise<boolean> {
  const save = vscode.l10n.t('Save Anyway');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} can’t be reached, so the key could not be tried.', host),
    { modal: true, detail: vscode.l10n.t('You can save it now. If it is wrong, calls will say so later.') },
    save,
  );
  return answer === save;
}
