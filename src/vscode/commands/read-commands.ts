import * as vscode from 'vscode';
import { cleanLabel } from '../text/clean-text.ts';
import { AUDIT_SCHEME, SCHEME } from '../ids.ts';
import { exportEvents } from './export-events.ts';
import { exportRoster } from './export-roster.ts';
import { filterEvents } from './filter-events.ts';
import { findPerson } from './find-person.ts';
import { reportIssue } from './report-issue.ts';
import { runDiagnostics } from './run-diagnostics.ts';
import { securityEvents } from './security-events.ts';
import { type CommandServices, type Handlers, subjectOf } from './services.ts';

/** Commands that read the account, or what is known of its use, and show or save what they found. */
export function readCommands(services: CommandServices) {
  const { audit, details, events, figures, log } = services;
  return {
    openDetails: (node) => {
      const subject = subjectOf(node);
      return subject && details.open(subject);
    },
    refreshDetails: (given) => {
      const uri = documentOf(given);
      return uri?.scheme === AUDIT_SCHEME ? audit.document.refresh() : uri && details.refresh(uri);
    },
    showValues: (given) => {
      const uri = documentOf(given);
      return uri && details.showValues(uri);
    },
    hideValues: (given) => {
      const uri = documentOf(given);
      return uri && details.hideValues(uri);
    },
    securityEvents: (node) => securityEvents(services, organizationOf(node)),
    filterEvents: (given) => filterEvents(events, documentOf(given)),
    exportEvents: (given) => exportEvents(events, documentOf(given)),
    exportRoster: (node) => exportRoster(services, subjectOf(node)),
    findPerson: (node) => findPerson(services, organizationOf(node)),
    showFigures: () => figures.show(),
    showLog: () => log.show(),
    runDiagnostics: () => runDiagnostics(services),
    reportIssue: () => reportIssue(services),
  } satisfies Partial<Handlers>;
}

/** The organization of the row a command was chosen on. */
function organizationOf(node: unknown) {
  const subject = subjectOf(node);
  if (subject?.kind !== 'organization') return undefined;
  const { id, name } = subject;
  return { id, name: cleanLabel(name) || cleanLabel(id) };
}

/** The document a command is about: the one it was given, else the one in front. */
function documentOf(given: unknown): vscode.Uri | undefined {
  if (given instanceof vscode.Uri) return given;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const shown = input instanceof vscode.TabInputText ? input.uri : undefined;
  const uri = vscode.window.activeTextEditor?.document.uri ?? shown;
  return uri?.scheme === SCHEME || uri?.scheme === AUDIT_SCHEME ? uri : undefined;
}
