import * as vscode from 'vscode';
import type { Invoke } from '../../gateway/gateway.ts';
import type { Output } from '../../tools/registry.ts';
import { parseDomain } from '../../tools/domain-names.ts';
import { cleanLabel } from '../clean-text.ts';
import type { StoredEnvironment } from '../environments.ts';
import { dnsRecordLines } from './txt-records.ts';

const PERSON = { kind: 'person', surface: 'command' } as const;
const TITLE = 'WorkOS: Create Organization';

type Created = Output<'create_workos_organization'>['organization'];

/** Asks for name and domains, checks them by a dry run, shows what would be written, and creates it. */
export async function createOrganization(
  invoke: Invoke,
  environment: StoredEnvironment,
): Promise<Created | undefined> {
  const name = await vscode.window.showInputBox({
    title: `${TITLE} (1/3)`,
    prompt: 'Name of the organization',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'Give it a name.' : undefined),
  });
  if (name === undefined) return undefined;
  const list = await vscode.window.showInputBox({
    title: `${TITLE} (2/3)`,
    prompt: 'Domains, separated by commas or spaces',
    placeHolder: 'example.com, example.org',
    ignoreFocusOut: true,
    validateInput: domainProblem,
  });
  if (list === undefined) return undefined;
  const domain_state = await askState();
  if (domain_state === undefined) return undefined;
  const input = { name: name.trim(), domains: splitDomains(list), domain_state };
  const planned = await invoke('create_workos_organization', { ...input, dry_run: true }, PERSON);
  if (!planned.ok) return fail(planned.error);
  if (!(await review(input, environment))) return undefined;
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Creating ${cleanLabel(input.name)}…`,
      cancellable: true,
    },
    async (_progress, cancelled) => {
      const stop = new AbortController();
      cancelled.onCancellationRequested(() => stop.abort());
      const outcome = await invoke('create_workos_organization', input, PERSON, { signal: stop.signal });
      return outcome.ok ? outcome.value.organization : fail(outcome.error);
    },
  );
}

/** Says that it was created, and offers the DNS records of its pending domains. */
export async function tellCreated(created: Created, openDetails: () => Promise<void>): Promise<void> {
  const records = dnsRecordLines(created.domains ?? []);
  const copy = 'Copy TXT Record';
  const open = 'Open Details';
  const offers = records.length > 0 ? [copy, open] : [open];
  const chosen = await vscode.window.showInformationMessage(
    `Created ${cleanLabel(created.name)}.`,
    ...offers,
  );
  if (chosen === copy) await vscode.env.clipboard.writeText(records.join('\n'));
  if (chosen === open) await openDetails();
}

function splitDomains(list: string): string[] {
  return list.split(/[\s,;]+/u).filter((domain) => domain !== '');
}

/** What is wrong with a list of domains, as it is typed. */
function domainProblem(list: string): string | undefined {
  const domains = splitDomains(list);
  if (domains.length === 0) return 'At least one domain is needed.';
  for (const domain of domains) {
    const parsed = parseDomain(domain);
    if ('problem' in parsed) return `${domain} ${parsed.problem}.`;
  }
  return undefined;
}

async function askState(): Promise<'pending' | 'verified' | undefined> {
  const pending = {
    label: 'Pending',
    detail: 'The owner proves each domain by publishing a DNS record.',
    state: 'pending' as const,
  };
  const verified = {
    label: 'Verified',
    detail: 'You vouch for the domains now; their users may then be made to sign in by SSO.',
    state: 'verified' as const,
  };
  const chosen = await vscode.window.showQuickPick([pending, verified], {
    title: `${TITLE} (3/3)`,
    placeHolder: 'Are the domains verified?',
    ignoreFocusOut: true,
  });
  return chosen?.state;
}

async function review(
  { name, domains, domain_state }: { name: string; domains: string[]; domain_state: string },
  environment: StoredEnvironment,
): Promise<boolean> {
  const detail = `Domains (${domain_state}): ${domains.join(', ')}\nEnvironment: ${environment.name} (${environment.kind})`;
  const answer = await vscode.window.showWarningMessage(
    `Create the organization "${cleanLabel(name)}"?`,
    { modal: true, detail },
    'Create',
  );
  return answer === 'Create';
}

function fail({ message, hint }: { message: string; hint: string | undefined }): undefined {
  void vscode.window.showErrorMessage(`${message} ${hint ?? ''}`.trim());
  return undefined;
}
