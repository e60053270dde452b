import * as vscode from 'vscode';
import { PERSON } from '../caller.ts';
import { cleanLabel, cleanLine } from '../text/clean-text.ts';
import { SAMPLE } from '../environments/environments.ts';
import { VIEWS } from '../ids.ts';
import type { Subject } from '../views/subject.ts';
import { chatId, chatName } from './chat-text.ts';
import { dashboardUrl } from './dashboard-url.ts';
import { tellError } from './tell-error.ts';
import { type CommandServices, type Handlers, subjectOf } from './services.ts';
import { dnsRecordLines } from './create-organization/txt-records.ts';

/** Commands of the rows of a tree. */
export function rowCommands(services: CommandServices) {
  const { trees } = services;
  return {
    reveal: onSubject((subject) => trees.reveal(subject)),
    revealOrganization: onSubject(({ organization: id }) =>
      id === undefined
        ? vscode.window.showInformationMessage(vscode.l10n.t('It belongs to no organization.'))
        : trees.reveal({ kind: 'organization', id, name: id }),
    ),
    copyId: onSubject(({ id }) => vscode.env.clipboard.writeText(cleanLine(id))),
    copyName: onSubject(({ name }) => vscode.env.clipboard.writeText(cleanLine(name))),
    copyTxtRecord: onSubject((subject) => copyTxtRecord(services, subject)),
    openInDashboard: onSubject((subject) => openInDashboard(services, subject)),
    askCopilot: onSubject(askCopilot),
  } satisfies Partial<Handlers>;
}

function onSubject(act: (subject: Subject) => unknown): (node: unknown) => unknown {
  return (node) => {
    const subject = subjectOf(node);
    return subject && act(subject);
  };
}

async function copyTxtRecord(services: CommandServices, subject: Subject): Promise<void> {
  const { name, organization } = subject;
  if (organization === undefined) return;
  const outcome = await vscode.window.withProgress({ location: { viewId: VIEWS.organizations } }, () =>
    services.accounts.invoke('get_organization_details', { organization }, PERSON),
  );
  const shown = cleanLabel(name);
  if (!outcome.ok) {
    if (await tellError(outcome.error)) await copyTxtRecord(services, subject);
    return;
  }
  const lines = dnsRecordLines((outcome.value.domains ?? []).filter(({ domain }) => domain === name));
  if (lines.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('{0} has no TXT record to publish: it is not waiting for verification.', shown),
    );
    return;
  }
  await vscode.env.clipboard.writeText(lines.join('\n'));
  await vscode.window.showInformationMessage(vscode.l10n.t('Copied the TXT record of {0}.', shown));
}

async function openInDashboard(
  { environments }: CommandServices,
  { kind, id, organization }: Subject,
): Promise<void> {
  const environment = environments.active();
  if (environment === undefined || environment.id === SAMPLE.id) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('The sample account runs on this machine and has no dashboard.'),
    );
    return;
  }
  const known = vscode.workspace
    .getConfiguration('workos')
    .get<Record<string, unknown>>('dashboardEnvironments', {});
  const dashboard = Object.hasOwn(known, environment.name) ? known[environment.name] : undefined;
  const url = dashboardUrl(dashboard, kind === 'organization' ? id : organization);
  await vscode.env.openExternal(vscode.Uri.parse(url));
}

async function askCopilot(subject: Subject): Promise<void> {
  const query = question(subject);
  try {
    await vscode.commands.executeCommand('workbench.action.chat.open', {
      query,
      isPartialQuery: true,
      mode: 'agent',
    });
  } catch {
    await vscode.env.clipboard.writeText(query);
    await vscode.window.showInformationMessage(
      vscode.l10n.t('The chat could not be opened. The beginning of a question has been copied instead.'),
    );
  }
}

/** The beginning of a question; name and id can't be more than what is asked about. */
function question({ kind, name, id }: Subject): string {
  const [what, exactly] = [chatName(name), chatId(id)];
  const questions: Readonly<Record<Subject['kind'], string>> = {
    organization: vscode.l10n.t('About the WorkOS organization "{0}" ({1}): ', what, exactly),
    connection: vscode.l10n.t('About the SSO connection "{0}" ({1}): ', what, exactly),
    directory: vscode.l10n.t('About the WorkOS directory "{0}" ({1}): ', what, exactly),
    group: vscode.l10n.t('About the directory group "{0}" ({1}): ', what, exactly),
    user: vscode.l10n.t('About the directory user "{0}" ({1}): ', what, exactly),
    domain: vscode.l10n.t('About the WorkOS organization domain "{0}": ', what),
    event: vscode.l10n.t('About the security event "{0}" ({1}): ', what, exactly),
  };
  return questions[kind];
}
